package dev.gatefold.subscriptions.model;

/** The status of an invoice at the billing provider. */
public enum InvoiceStatus {
    /** Not final yet: nothing is collected. */
    DRAFT,
    /** Final and not paid. */
    OPEN,
    PAID,
    /** The provider has given up collecting it. */
    UNCOLLECTIBLE,
    /** Cancelled: it is not owed any more. */
    VOID
}
