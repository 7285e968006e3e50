package dev.gatefold.billing.queue;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Decides whether and when failed work is tried again. */
@Singleton
class RetryPolicy {
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final int MAX_DOUBLINGS = 20;

    private final BillingConfig config;

    RetryPolicy(BillingConfig config) {
        this.config = config;
    }

    /** Returns true if a failed lease should be tried again. Temporary failures are retried without limit. */
    boolean shouldRetry(ProviderFailure failure, WorkLease lease) {
        return failure.isRetryable() || lease.attempts() < config.maxAttempts();
    }

    /** Returns the delay before the next attempt. It doubles with each attempt and is randomised by half. */
    Duration delayAfter(WorkLease lease) {
        long doubled = FIRST_DELAY.toMillis() << Math.min(lease.attempts() - 1, MAX_DOUBLINGS);
        long bounded = Math.min(doubled, config.maxRetryDelay().toMillis());
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(bounded / 2, bounded + 1));
    }
}
