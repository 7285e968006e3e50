package dev.gatefold.entitlements;

import java.util.List;

/**
 * Whether a reader has a live subscription, whether it is paid, and what the reader can do about it. It gives no access: it
 * explains denials, and prevents that a second subscription or a free trial is offered. The paywall and the membership derive
 * their offers from it, so that they agree.
 */
public enum BillingStatus {
    /** The reader has no live subscription. */
    NONE,
    /** Paid, or in a free trial. A reader without access nevertheless has a payment that is not confirmed. */
    CURRENT(PaymentStep.UPDATE_PAYMENT),
    /** The first payment is in progress. */
    PENDING,
    /** The first invoice is open and can be paid. */
    FIRST_INVOICE_OPEN(PaymentStep.PAY_NOW),
    /** A payment failed, and its invoice is open. */
    OVERDUE(PaymentStep.PAY_NOW, PaymentStep.UPDATE_PAYMENT),
    /** A payment failed, and another attempt is in progress. */
    PAYMENT_IN_PROGRESS,
    /** A payment failed, and no open invoice can be paid. */
    UNCOLLECTED(PaymentStep.UPDATE_PAYMENT),
    /** Stopped until the reader adds a payment method and resumes the subscription. */
    PAUSED(PaymentStep.RESUME, PaymentStep.UPDATE_PAYMENT),
    /** Stopped until the reader pays the open invoice of the resumption. */
    RESUMPTION_UNPAID(PaymentStep.PAY_NOW, PaymentStep.UPDATE_PAYMENT),
    /** The last payment was refunded or disputed. */
    REVERSED(PaymentStep.UPDATE_PAYMENT);

    /** What a reader can do to get access back. */
    public enum PaymentStep {
        PAY_NOW,
        UPDATE_PAYMENT,
        RESUME
    }

    private final List<PaymentStep> steps;

    BillingStatus(PaymentStep... steps) {
        this.steps = List.of(steps);
    }

    /** Returns what a reader without access can do about the subscription, the most important first. */
    public List<PaymentStep> steps() {
        return steps;
    }
}
