package dev.gatefold.sandbox.stripe.api;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How Stripe can be when it is not well. It affects the API only; controls and pages keep working. */
public final class SandboxOutages {
    public enum OutageMode {
        UP,
        FAIL,
        LIMIT,
        HANG,
        DOWN
    }

    /** {@code failEvery}: only each so-many-th request is struck; in mode UP, by a 500. */
    public record OutageSettings(OutageMode mode, long latencyMs, Integer failEvery) {
        public static final OutageSettings HEALTHY = new OutageSettings(OutageMode.UP, 0, null);
    }

    private final AtomicLong requests = new AtomicLong();
    private OutageSettings current = OutageSettings.HEALTHY;
    private CountDownLatch changed = new CountDownLatch(1);

    public synchronized OutageSettings current() {
        return current;
    }

    public synchronized void change(OutageSettings weather) {
        this.current = weather;
        changed.countDown();
        changed = new CountDownLatch(1);
    }

    private synchronized CountDownLatch changed() {
        return changed;
    }

    /** What this request meets: it takes its time, and may have to wait for better weather. */
    OutageMode applyToRequest() {
        OutageSettings met = current();
        boolean struck = met.failEvery == null || requests.incrementAndGet() % met.failEvery == 0;
        try {
            TimeUnit.MILLISECONDS.sleep(met.latencyMs);
            if (struck && met.mode == OutageMode.HANG) {
                changed().await();
                return OutageMode.UP;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OutageMode.DOWN;
        }
        if (!struck) {
            return OutageMode.UP;
        }
        return met.mode == OutageMode.UP && met.failEvery != null ? OutageMode.FAIL : met.mode;
    }
}
