package dev.gatefold.platform.database;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Whether the database can be reached, as far as is known. While it is away one caller at a time tries it, once a
 * second; the others do with what they know, and do not wait.
 */
@Singleton
public class DatabaseCircuitBreaker {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final AtomicBoolean trying = new AtomicBoolean();
    private volatile boolean unavailable;

    /** In nanoseconds of the machine's own counter. */
    private volatile long nextTry;

    DatabaseCircuitBreaker(MeterRegistry metrics) {
        metrics.gauge("gatefold.database.unavailable", this, reach -> reach.unavailable ? 1 : 0);
    }

    /** Whether asking the database now would be of no use. */
    public boolean isOpen() {
        return unavailable && (trying.get() || System.nanoTime() - nextTry < 0);
    }

    /** What the database says, or, while it is away, something else. */
    public <T> T callOrElse(Supplier<T> question, Supplier<T> otherwise) {
        if (!unavailable) {
            return attempt(question, otherwise);
        }
        if (isOpen() || !trying.compareAndSet(false, true)) {
            return otherwise.get();
        }
        try {
            return attempt(question, otherwise);
        } finally {
            trying.set(false);
        }
    }

    private <T> T attempt(Supplier<T> question, Supplier<T> otherwise) {
        T answer;
        try {
            answer = question.get();
        } catch (RuntimeException e) {
            if (!DatabaseOutage.isCauseOf(e)) {
                throw e;
            }
            lost();
            return otherwise.get();
        }
        found();
        return answer;
    }

    private void lost() {
        nextTry = System.nanoTime() + PAUSE.toNanos();
        if (!unavailable) {
            unavailable = true;
            Log.warn("The database is away; readers who are known are answered from memory");
        }
    }

    private void found() {
        if (unavailable) {
            unavailable = false;
            Log.info("The database is back");
        }
    }
}
