package dev.gatefold.testing;

import io.quarkus.arc.Arc;
import java.time.Clock;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Resets the service's clock to the system time after each test that stopped or moved it. */
public final class ClockResetExtension implements AfterTestExecutionCallback, AfterEachCallback {
    /** Resets the clock before the test's own clean-up, so that the clean-up happens at the current time. */
    @Override
    public void afterTestExecution(ExtensionContext context) {
        reset();
    }

    /** Resets the clock also if the set-up of a test failed after it moved the clock. */
    @Override
    public void afterEach(ExtensionContext context) {
        reset();
    }

    private static void reset() {
        StoppableClock clock = Arc.container().instance(StoppableClock.class).get();
        clock.resume();
        if (clock.isMoved()) {
            // The endpoint also runs the work that falls due by the move.
            TestCallers.moveClockTo(Clock.systemUTC().instant());
            clock.reset();
        }
    }
}
