package dev.gatefold.billing.stripe;

import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads lists of Stripe page by page. */
final class StripePages {
    /** The largest page that Stripe returns. */
    static final long MAX_SIZE = 100;

    private StripePages() {}

    /**
     * Returns the items of a list. Each page is fetched when the stream reaches it.
     *
     * @param page fetches the page that follows the item with this id; the first page for an empty id
     */
    static <T extends HasId> Stream<T> stream(Function<Optional<String>, StripeCollection<T>> page) {
        return Stream.iterate(page.apply(Optional.empty()), Objects::nonNull, it -> next(it, page))
                .flatMap(it -> it.getData().stream());
    }

    private static <T extends HasId> StripeCollection<T> next(
            StripeCollection<T> previous, Function<Optional<String>, StripeCollection<T>> page) {
        boolean more = Boolean.TRUE.equals(previous.getHasMore())
                && !previous.getData().isEmpty();
        return more ? page.apply(Optional.of(previous.getData().getLast().getId())) : null;
    }
}
