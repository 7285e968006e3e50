package dev.gatefold.subscriptions.change;

import dev.gatefold.subscriptions.model.InvoiceSnapshot;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import dev.gatefold.subscriptions.model.SubscriptionTerms.CollectionMethod;
import java.util.List;

/**
 * What must be done at the billing provider so that a subscription charges nothing more. A paid period is kept to its end. A
 * subscription whose current period is not paid ends immediately, and its open invoices are voided, because the provider would
 * go on collecting them. A payment that is under way cannot be stopped; it stays due, and the subscription ends with the
 * period that it pays.
 *
 * @param voidedInvoices ids of the open invoices that are voided after the cancellation
 */
record CancellationPlan(Timing timing, List<String> voidedInvoices) {
    /** When the subscription ends. */
    enum Timing {
        /** The subscription has ended, or is already canceling. */
        UNCHANGED,
        AT_PERIOD_END,
        NOW
    }

    /**
     * Returns the plan for a subscription. A pure function.
     *
     * @param invoices all recorded invoices, newest first
     */
    static CancellationPlan of(Subscription subscription, List<InvoiceSnapshot> invoices) {
        return new CancellationPlan(timing(subscription, invoices), voidedInvoices(subscription, invoices));
    }

    /** Returns true if there is nothing to do. */
    boolean isEmpty() {
        return timing == Timing.UNCHANGED && voidedInvoices.isEmpty();
    }

    private static Timing timing(Subscription subscription, List<InvoiceSnapshot> invoices) {
        boolean underWay = isPaymentUnderWay(subscription, invoices);
        return switch (subscription.status()) {
            case INCOMPLETE_EXPIRED, CANCELED -> Timing.UNCHANGED;
            // nothing has been paid for the time that follows
            case PAUSED, INCOMPLETE, PAST_DUE, UNPAID -> underWay ? atPeriodEnd(subscription) : Timing.NOW;
            case ACTIVE -> !underWay && isPeriodUnpaid(invoices) ? Timing.NOW : atPeriodEnd(subscription);
            case TRIALING, UNKNOWN -> atPeriodEnd(subscription);
        };
    }

    /** A first invoice that the provider sends to the reader waits for the reader, and not for the bank. */
    private static boolean isPaymentUnderWay(Subscription subscription, List<InvoiceSnapshot> invoices) {
        boolean debited = subscription.isFirstPaymentPending()
                && subscription.terms().collection() == CollectionMethod.CHARGE_AUTOMATICALLY;
        return debited || invoices.stream().anyMatch(InvoiceSnapshot::isProcessing);
    }

    private static Timing atPeriodEnd(Subscription subscription) {
        return subscription.isCanceling() ? Timing.UNCHANGED : Timing.AT_PERIOD_END;
    }

    /** A renewal invoice is a draft for an hour before it is collected. */
    private static boolean isPeriodUnpaid(List<InvoiceSnapshot> invoices) {
        return invoices.stream()
                .filter(InvoiceSnapshot::isOfPeriod)
                .findFirst()
                .filter(invoice -> invoice.isOwed() || invoice.isDraftToPay())
                .isPresent();
    }

    private static List<String> voidedInvoices(Subscription subscription, List<InvoiceSnapshot> invoices) {
        if (subscription.isFirstPaymentPending() && isPaymentUnderWay(subscription, invoices)) {
            return List.of();
        }
        boolean ended = subscription.status() == SubscriptionStatus.CANCELED
                || subscription.status() == SubscriptionStatus.INCOMPLETE_EXPIRED;
        return invoices.stream()
                .filter(invoice -> invoice.isOwed() && !invoice.isProcessing())
                // the provider does not collect the other invoices of an ended subscription
                .filter(invoice -> !ended || invoice.collected())
                .map(InvoiceSnapshot::id)
                .toList();
    }
}
