package dev.gatefold.sandbox.stripe.api;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Simulates outages of the API. Controls and pages keep working. */
public final class SandboxOutages {
    private final AtomicLong requests = new AtomicLong();
    private SandboxOutageSettings current = SandboxOutageSettings.HEALTHY;
    private CountDownLatch changed = new CountDownLatch(1);

    public synchronized SandboxOutageSettings current() {
        return current;
    }

    public synchronized void change(SandboxOutageSettings settings) {
        current = settings;
        changed.countDown();
        changed = new CountDownLatch(1);
    }

    private synchronized CountDownLatch changed() {
        return changed;
    }

    /** Delays the current request, and returns the mode that applies to it. Blocks in mode {@code HANG}. */
    SandboxOutageMode applyToRequest() {
        SandboxOutageSettings applied = current();
        boolean affected = applied.failEvery() == null || requests.incrementAndGet() % applied.failEvery() == 0;
        try {
            TimeUnit.MILLISECONDS.sleep(applied.latencyMs());
            if (affected && applied.mode() == SandboxOutageMode.HANG) {
                changed().await();
                return SandboxOutageMode.UP;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return SandboxOutageMode.DOWN;
        }
        if (!affected) {
            return SandboxOutageMode.UP;
        }
        return applied.mode() == SandboxOutageMode.UP && applied.failEvery() != null
                ? SandboxOutageMode.FAIL
                : applied.mode();
    }
}
