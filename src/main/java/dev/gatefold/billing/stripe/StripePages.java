package dev.gatefold.billing.stripe;

import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A list of Stripe's, fetched page by page as it is read. */
public final class StripePages {
    private StripePages() {}

    public static <T extends HasId> Stream<T> stream(Function<Optional<String>, StripeCollection<T>> page) {
        return Stream.iterate(page.apply(Optional.empty()), it -> it != null, it -> next(it, page))
                .flatMap(it -> it.getData().stream());
    }

    private static <T extends HasId> StripeCollection<T> next(
            StripeCollection<T> before, Function<Optional<String>, StripeCollection<T>> page) {
        boolean more =
                Boolean.TRUE.equals(before.getHasMore()) && !before.getData().isEmpty();
        return more ? page.apply(Optional.of(before.getData().getLast().getId())) : null;
    }
}
