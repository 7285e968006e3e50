package dev.gatefold.billing.stripe;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.function.Function;
import org.hibernate.Session;

/**
 * Chooses idempotency keys for operations at Stripe. Stripe repeats its response to a key for a day, also an error. After an
 * error response the next attempt therefore uses a new key. Without a response it keeps the key, because the operation may
 * have been performed.
 */
@Singleton
class StripeIdempotencyKeys {
    private static final String COUNT_FAILURE = """
            insert into stripe_idempotency_failure as f (idempotency_key, failure_count) values (:key, 1)
            on conflict (idempotency_key) do update set failure_count = f.failure_count + 1
            """;

    private final Session database;

    StripeIdempotencyKeys(Session database) {
        this.database = database;
    }

    /**
     * Performs an operation.
     *
     * @param operation names what is to be done; equal names are done once
     * @param call receives the idempotency key for this attempt
     */
    <T> T call(String operation, Function<String, T> call) {
        try {
            return call.apply(keyFor(operation));
        } catch (StripeFailure failure) {
            if (failure.isResponse()) {
                countFailure(operation);
            }
            throw failure;
        }
    }

    private String keyFor(String operation) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select failure_count from stripe_idempotency_failure where idempotency_key = :key",
                                Integer.class)
                        .setParameter("key", operation)
                        .getResultStream()
                        .findFirst()
                        .map(failures -> operation + "-retry-" + failures)
                        .orElse(operation));
    }

    private void countFailure(String operation) {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeMutationQuery(COUNT_FAILURE)
                        .setParameter("key", operation)
                        .executeUpdate());
    }
}
