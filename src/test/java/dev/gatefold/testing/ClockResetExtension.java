package dev.gatefold.testing;

import io.quarkus.arc.Arc;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Sets the service's clock back to the machine's time after each test that stopped or moved it. */
public final class ClockResetExtension implements AfterTestExecutionCallback, AfterEachCallback {
    /** Runs before the test's own clean-up, which is then dated today. */
    @Override
    public void afterTestExecution(ExtensionContext context) {
        reset();
    }

    /** Runs too where the set-up of a test failed after it moved the clock. */
    @Override
    public void afterEach(ExtensionContext context) {
        reset();
    }

    private static void reset() {
        StoppableClock clock = Arc.container().instance(StoppableClock.class).get();
        clock.resume();
        if (clock.isMoved()) {
            TestCallers.resetClock();
        }
    }
}
