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
 * The service's clock, which can be put forward and back. Where it stands is kept in a system property, so that a live
 * reload does not bring the reader back from the day after the trial.
 */
@Singleton
@Alternative
@Priority(1)
public class MovableClock extends Clock {
    private static final String AHEAD = "sandbox.clock.offset";

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(Clock.system(zone), ahead());
    }

    /** In whole milliseconds, wherever it was put to: the database would round what is finer, up as well as down. */
    @Override
    public Instant instant() {
        return wall().plus(ahead()).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Puts it to an instant, from which it goes on. */
    public void set(Instant now) {
        System.setProperty(AHEAD, Duration.between(wall(), now).toString());
    }

    private static Instant wall() {
        return Instant.now(Clock.systemUTC()).truncatedTo(ChronoUnit.MILLIS);
    }

    private static Duration ahead() {
        return Duration.parse(System.getProperty(AHEAD, "PT0S"));
    }
}
