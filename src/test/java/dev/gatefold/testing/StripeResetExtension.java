package dev.gatefold.testing;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Restores the Stripe sandbox after each test. Subscriptions that a test leaves behind would be billed, and compared,
 * whenever a later test moves the clock: that cost two of the suite's minutes.
 */
public final class StripeResetExtension implements AfterTestExecutionCallback {
    @Override
    public void afterTestExecution(ExtensionContext context) {
        TestPayments.resetStripe();
    }
}
