package dev.gatefold.testing;

import dev.gatefold.sandbox.control.MovableClock;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Instant;

/** The service's clock in tests, which can be stopped so that several requests happen at the same millisecond. */
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

    /** Stops the clock at an instant. The sandbox's clock and due work are not affected. */
    public void stopAt(Instant instant) {
        stoppedAt = instant;
    }

    /** Lets the clock run again. */
    public void resume() {
        stoppedAt = null;
    }
}
