package dev.gatefold.sandbox.stripe.webhooks;

/** Handling of new events: deliver at once, hold until released, or drop as if they were lost. */
public enum SandboxDeliveryMode {
    DELIVER,
    HOLD,
    DROP
}
