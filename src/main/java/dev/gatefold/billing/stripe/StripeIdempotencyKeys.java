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
            insert into stripe_idempotency_failure as f (idempotency_key, failure_count) values (:key, 1)
            on conflict (idempotency_key) do update set failure_count = f.failure_count + 1
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
                                "select failure_count from stripe_idempotency_failure where idempotency_key = :key",
                                Integer.class)
                        .setParameter("key", intention)
                        .getResultStream()
                        .findFirst()
                        .map(times -> intention + "-retry-" + times)
                        .orElse(intention));
    }

    private void failed(String intention) {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeMutationQuery(FAILED)
                        .setParameter("key", intention)
                        .executeUpdate());
    }
}
