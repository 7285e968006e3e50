package dev.gatefold.entitlements;

/**
 * Whether a reader has a live subscription, and whether it is paid. It gives no access: it explains denials, and prevents
 * that a second subscription or a free trial is offered.
 */
public enum BillingStatus {
    /** The reader has no live subscription. */
    NONE,
    /** Paid, or in a free trial. */
    CURRENT,
    /** The first payment is in progress. */
    PENDING,
    /** A payment is owed. */
    OVERDUE,
    /** Stopped until the reader adds a payment method. */
    PAUSED,
    /** The last payment was refunded or disputed. */
    REVERSED
}
