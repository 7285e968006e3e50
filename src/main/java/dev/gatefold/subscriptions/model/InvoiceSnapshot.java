package dev.gatefold.subscriptions.model;

import java.net.URI;
import java.time.Instant;

/**
 * An invoice of a subscription, as the billing provider states it. All amounts are in minor units of {@code currency}.
 *
 * @param id id of the invoice at the provider
 * @param billingReason why the invoice was created, in the provider's words, such as {@code subscription_cycle}
 * @param currency ISO 4217 code, lower case
 * @param total amount with tax, after discounts and before the customer's balance
 * @param net {@code total} without tax
 * @param tax tax that {@code total} contains
 * @param discount sum of the discounts
 * @param due what the customer was asked to pay, after the customer's balance
 * @param remaining what is still to be paid; 0 if nothing is
 * @param refunded what was refunded of the payment
 * @param periodStart start of the billed period; null if the provider does not name it
 * @param periodEnd end of the billed period; null if the provider does not name it
 * @param paidAt null until the invoice is paid
 * @param nextAttemptAt when the provider tries to collect the payment next; null if it does not
 * @param collected whether the provider still tries to collect the payment by itself
 * @param hostedPage page on which the invoice can be paid; null if there is none
 * @param payment status of the payment that is open; null if there is none
 */
public record InvoiceSnapshot(
        String id,
        InvoiceStatus status,
        String billingReason,
        String currency,
        long total,
        long net,
        long tax,
        long discount,
        long due,
        long paid,
        long remaining,
        long refunded,
        Instant periodStart,
        Instant periodEnd,
        Instant createdAt,
        Instant paidAt,
        Instant nextAttemptAt,
        boolean collected,
        URI hostedPage,
        PaymentStatus payment) {
    /** Returns true if the invoice is final and something remains to be paid. */
    public boolean isOwed() {
        return status == InvoiceStatus.OPEN && remaining > 0;
    }

    /** Returns true if a payment that covers the invoice is under way. */
    public boolean isProcessing() {
        return isOwed() && payment == PaymentStatus.PROCESSING;
    }

    /** Returns true if the invoice is not final yet and will be collected. */
    public boolean isDraftToPay() {
        return status == InvoiceStatus.DRAFT && collected && remaining > 0;
    }

    /** Returns true if the reader can pay the invoice on its hosted page, and no payment is under way. */
    public boolean isPayable() {
        return isOwed() && !isProcessing() && hostedPage != null;
    }

    /** Returns true if money was paid, so that an invoice of 0 does not count. */
    public boolean isPaidWithMoney() {
        return status == InvoiceStatus.PAID && paid > 0;
    }

    /** Returns true if this is the first invoice of its subscription. */
    public boolean isFirst() {
        return "subscription_create".equals(billingReason);
    }

    /** Returns true if the invoice charges a period of its subscription, and not a change or a single item. */
    public boolean isOfPeriod() {
        return isFirst() || "subscription_cycle".equals(billingReason);
    }
}
