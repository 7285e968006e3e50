package dev.gatefold.sandbox.stripe;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How Stripe can be when it is not well. It affects the API only; controls and pages keep working. */
final class Outages {
    enum Mode {
        UP,
        FAIL,
        LIMIT,
        HANG,
        DOWN
    }

    /** {@code failEvery}: only each so-many-th request is struck; in mode UP, by a 500. */
    record Weather(Mode mode, long latencyMs, Integer failEvery) {
        static final Weather FAIR = new Weather(Mode.UP, 0, null);
    }

    private final AtomicLong requests = new AtomicLong();
    private Weather weather = Weather.FAIR;
    private CountDownLatch changed = new CountDownLatch(1);

    synchronized Weather weather() {
        return weather;
    }

    synchronized void change(Weather weather) {
        this.weather = weather;
        changed.countDown();
        changed = new CountDownLatch(1);
    }

    private synchronized CountDownLatch changed() {
        return changed;
    }

    /** What this request meets: it takes its time, and may have to wait for better weather. */
    Mode meet() {
        Weather met = weather();
        boolean struck = met.failEvery == null || requests.incrementAndGet() % met.failEvery == 0;
        try {
            TimeUnit.MILLISECONDS.sleep(met.latencyMs);
            if (struck && met.mode == Mode.HANG) {
                changed().await();
                return Mode.UP;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Mode.DOWN;
        }
        if (!struck) {
            return Mode.UP;
        }
        return met.mode == Mode.UP && met.failEvery != null ? Mode.FAIL : met.mode;
    }
}
