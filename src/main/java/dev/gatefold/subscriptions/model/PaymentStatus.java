package dev.gatefold.subscriptions.model;

/** The status of the payment of an invoice at the billing provider. */
public enum PaymentStatus {
    /** The payment is under way and may take days, for example a bank debit. */
    PROCESSING,
    /** The payment failed, or there is no payment method. */
    PAYMENT_METHOD_REQUIRED,
    /** The payer must confirm the payment with the bank. */
    ACTION_REQUIRED,
    SUCCEEDED,
    CANCELED
}
