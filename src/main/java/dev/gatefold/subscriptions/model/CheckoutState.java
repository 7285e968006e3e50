package dev.gatefold.subscriptions.model;

/** The state of a checkout. {@link #COMPLETE} and {@link #EXPIRED} are final. */
public enum CheckoutState {
    /** The billing provider is creating the hosted page. */
    OPENING,
    /** The reader can pay on the hosted page. */
    OPEN,
    COMPLETE,
    EXPIRED
}
