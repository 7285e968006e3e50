package dev.gatefold.platform.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Keeps callers from waiting for a database that cannot be reached. After an outage one caller per second tries the
 * database; all others use their fallback at once.
 */
@Singleton
public class DatabaseCircuitBreaker {
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

    private final AtomicBoolean isTrying = new AtomicBoolean();
    private volatile boolean unavailable;

    /** In terms of {@link System#nanoTime}. */
    private volatile long nextTry;

    DatabaseCircuitBreaker(MeterRegistry metrics) {
        Gauge.builder("gatefold.database.unavailable", this, it -> it.unavailable ? 1 : 0)
                .description("1 while the database cannot be reached, else 0")
                .register(metrics);
    }

    /** Returns whether a query would use its fallback now. */
    public boolean isOpen() {
        return unavailable && (isTrying.get() || System.nanoTime() - nextTry < 0);
    }

    /**
     * Returns the result of a query, or that of the fallback if the database cannot be reached. Other exceptions of the
     * query are rethrown.
     */
    public <T> T callOrElse(Supplier<T> query, Supplier<T> fallback) {
        if (!unavailable) {
            return attempt(query, fallback);
        }
        if (isOpen() || !isTrying.compareAndSet(false, true)) {
            return fallback.get();
        }
        try {
            return attempt(query, fallback);
        } finally {
            isTrying.set(false);
        }
    }

    private <T> T attempt(Supplier<T> query, Supplier<T> fallback) {
        T result;
        try {
            result = query.get();
        } catch (RuntimeException e) {
            if (!DatabaseOutage.isCauseOf(e)) {
                throw e;
            }
            open();
            return fallback.get();
        }
        close();
        return result;
    }

    private void open() {
        nextTry = System.nanoTime() + RETRY_INTERVAL.toNanos();
        if (!unavailable) {
            unavailable = true;
            Log.warn("Database unavailable; known readers are answered from memory");
        }
    }

    private void close() {
        if (unavailable) {
            unavailable = false;
            Log.info("Database available again");
        }
    }
}
