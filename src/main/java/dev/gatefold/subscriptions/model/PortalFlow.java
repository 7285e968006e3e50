package dev.gatefold.subscriptions.model;

/** The page of the billing provider's portal that a reader needs. */
public enum PortalFlow {
    /** All subscriptions, payment methods and invoices. */
    OVERVIEW,
    /** The page that replaces the payment method, which returns to us afterwards. */
    UPDATE_PAYMENT_METHOD,
    /** The page that changes the plan of the live subscription, which returns to us afterwards. */
    CHANGE_PLAN
}
