package dev.gatefold.sandbox.stripe.api;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Simulates outages of the API. Controls and pages keep working. */
public final class SandboxOutages {
    /** Healthy, 500, 429, no response until the mode changes, or a closed connection. */
    public enum OutageMode {
        UP,
        FAIL,
        LIMIT,
        HANG,
        DOWN
    }

    /**
     * The settings.
     *
     * @param latencyMs delay of every response in milliseconds
     * @param failEvery applies the mode to every n-th request only, and mode {@code UP} as 500; null for every request
     */
    public record OutageSettings(OutageMode mode, long latencyMs, Integer failEvery) {
        public static final OutageSettings HEALTHY = new OutageSettings(OutageMode.UP, 0, null);
    }

    private final AtomicLong requests = new AtomicLong();
    private OutageSettings current = OutageSettings.HEALTHY;
    private CountDownLatch changed = new CountDownLatch(1);

    public synchronized OutageSettings current() {
        return current;
    }

    public synchronized void change(OutageSettings settings) {
        current = settings;
        changed.countDown();
        changed = new CountDownLatch(1);
    }

    private synchronized CountDownLatch changed() {
        return changed;
    }

    /** Delays the current request, and returns the mode that applies to it. Blocks in mode {@code HANG}. */
    OutageMode applyToRequest() {
        OutageSettings applied = current();
        boolean affected = applied.failEvery == null || requests.incrementAndGet() % applied.failEvery == 0;
        try {
            TimeUnit.MILLISECONDS.sleep(applied.latencyMs);
            if (affected && applied.mode == OutageMode.HANG) {
                changed().await();
                return OutageMode.UP;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OutageMode.DOWN;
        }
        if (!affected) {
            return OutageMode.UP;
        }
        return applied.mode == OutageMode.UP && applied.failEvery != null ? OutageMode.FAIL : applied.mode;
    }
}
