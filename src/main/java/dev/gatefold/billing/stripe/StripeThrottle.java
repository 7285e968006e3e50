package dev.gatefold.billing.stripe;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How fast we speak to Stripe: so many calls at once, and a pause for all where it says that it is too many. */
@Singleton
public class StripeThrottle {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Semaphore calls;

    /** In nanoseconds of the machine's own counter. */
    private volatile long quietUntil = System.nanoTime();

    StripeThrottle(StripeConfig config) {
        // a reader's call never waits for all of the worker's
        this.calls = new Semaphore(2 * config.concurrency(), true);
    }

    void pauseFor(Duration pause) {
        Duration bounded = pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
        quietUntil = System.nanoTime() + bounded.toNanos();
    }

    public boolean isPaused() {
        return System.nanoTime() - quietUntil < 0;
    }

    /** Whether there is room for a call within the time; who is let in must leave. */
    boolean tryAcquire(Duration patience) throws InterruptedException {
        return calls.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    void release() {
        calls.release();
    }
}
