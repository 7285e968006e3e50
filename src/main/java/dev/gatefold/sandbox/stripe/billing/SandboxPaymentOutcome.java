package dev.gatefold.sandbox.stripe.billing;

/** Result of a payment attempt; {@code PROCESSING} for a bank debit without a result yet. */
public enum SandboxPaymentOutcome {
    PAID,
    PROCESSING,
    FAILED
}
