package dev.gatefold.testing;

import dev.gatefold.sandbox.control.MovableClock;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The service's clock, as every test has it, which can be stopped: for asking at one millisecond and no other. */
@Singleton
@Alternative
@Priority(2)
public class StoppableClock extends MovableClock {
    private volatile Instant stoppedAt;

    @Override
    public Instant instant() {
        Instant stopped = stoppedAt;
        return stopped == null ? super.instant() : stopped;
    }

    /** Nothing else moves: neither the sandbox's clock nor what falls due by it. */
    public void stopAt(Instant instant) {
        stoppedAt = instant;
    }

    public void resume() {
        stoppedAt = null;
    }

    /** Returns true if the clock differs from the machine's by a second or more. */
    boolean isMoved() {
        return Duration.between(Clock.systemUTC().instant(), super.instant())
                        .abs()
                        .compareTo(Duration.ofSeconds(1))
                >= 0;
    }
}
