package dev.gatefold.sandbox.control;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A clock for the service that can be moved forward and back. Its offset to the system clock is stored in a system property, so
 * that it survives live reloads.
 */
@Singleton
@Alternative
@Priority(1)
public class MovableClock extends Clock {
    private static final String OFFSET_PROPERTY = "sandbox.clock.offset";

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(Clock.system(zone), offset());
    }

    /** Returns the current instant in whole milliseconds. PostgreSQL would round nanoseconds, possibly into the future. */
    @Override
    public Instant instant() {
        return systemInstant().plus(offset()).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Moves the clock to an instant, from which it continues to run. */
    public void set(Instant now) {
        System.setProperty(
                OFFSET_PROPERTY, Duration.between(systemInstant(), now).toString());
    }

    /** Returns true if the clock differs from the system clock. */
    public boolean isMoved() {
        return !offset().isZero();
    }

    /** Sets the clock to the system time, without the work that falls due by it. */
    public void reset() {
        System.clearProperty(OFFSET_PROPERTY);
    }

    private static Instant systemInstant() {
        return Instant.now(Clock.systemUTC()).truncatedTo(ChronoUnit.MILLIS);
    }

    private static Duration offset() {
        return Duration.parse(System.getProperty(OFFSET_PROPERTY, "PT0S"));
    }
}
