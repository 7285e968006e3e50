package dev.gatefold.billing.stripe;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.function.Function;
import org.hibernate.Session;

/**
 * The names under which we want things of Stripe, so that what is said twice is done once. Stripe keeps its first answer
 * to a name for a day, a failure too: what was answered with a failure is wanted under another name from then on. What was
 * not answered keeps its name, since it may have been done.
 */
@Singleton
class StripeIdempotencyKeys {
    private static final String FAILED = """
            insert into failed_intention as f (intention, times) values (:intention, 1)
            on conflict (intention) do update set times = f.times + 1
            """;

    private final Session database;

    StripeIdempotencyKeys(Session database) {
        this.database = database;
    }

    /** Makes a call, which takes the name of what is intended with it. */
    <T> T call(String intention, Function<String, T> call) {
        try {
            return call.apply(name(intention));
        } catch (StripeFailure trouble) {
            if (trouble.isResponse()) {
                failed(intention);
            }
            throw trouble;
        }
    }

    private String name(String intention) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select times from failed_intention where intention = :intention", Integer.class)
                        .setParameter("intention", intention)
                        .getResultStream()
                        .findFirst()
                        .map(times -> intention + "-retry-" + times)
                        .orElse(intention));
    }

    private void failed(String intention) {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeMutationQuery(FAILED)
                        .setParameter("intention", intention)
                        .executeUpdate());
    }
}
