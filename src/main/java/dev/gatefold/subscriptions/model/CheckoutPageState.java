package dev.gatefold.subscriptions.model;

/** The state of a hosted payment page, as the billing provider reports it. */
public enum CheckoutPageState {
    OPEN,
    COMPLETE,
    EXPIRED
}
