package dev.gatefold.billing.stripe;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Limits the calls to Stripe that run at the same time, and pauses the workers when Stripe reports too many requests. */
@Singleton
class StripeThrottle {
    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);

    private final Semaphore permits;

    /** In the time of {@link System#nanoTime}. */
    private volatile long pausedUntil = System.nanoTime();

    StripeThrottle(StripeConfig config) {
        // twice the number of workers, so that workers cannot take all permits from readers
        this.permits = new Semaphore(2 * config.concurrency(), true);
    }

    /** Pauses the workers, for at most one minute. */
    void pauseFor(Duration pause) {
        Duration bounded = pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE;
        pausedUntil = System.nanoTime() + bounded.toNanos();
    }

    boolean isPaused() {
        return System.nanoTime() - pausedUntil < 0;
    }

    /** Waits for a permit. Returns false if there was none within the timeout; otherwise call {@link #release}. */
    boolean tryAcquire(Duration timeout) throws InterruptedException {
        return permits.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    void release() {
        permits.release();
    }
}
