package dev.gatefold.sandbox.stripe.webhooks;

/** Delivery state of one event. */
public enum SandboxDeliveryState {
    PENDING,
    HELD,
    DROPPED,
    DELIVERED,
    FAILED
}
