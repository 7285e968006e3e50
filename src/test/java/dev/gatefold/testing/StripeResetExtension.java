package dev.gatefold.testing;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Restores the Stripe sandbox after each test. Subscriptions of earlier tests would be billed and reconciled
 * whenever a later test moves the clock, which cost two minutes of the suite.
 */
public final class StripeResetExtension implements AfterTestExecutionCallback {
    @Override
    public void afterTestExecution(ExtensionContext context) {
        TestPayments.resetStripe();
    }
}
