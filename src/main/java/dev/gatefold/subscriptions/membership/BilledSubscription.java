package dev.gatefold.subscriptions.membership;

import dev.gatefold.subscriptions.model.InvoiceSnapshot;
import dev.gatefold.subscriptions.model.NextPayment;
import dev.gatefold.subscriptions.model.NextPayment.NextPaymentStatus;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import java.time.Instant;
import java.util.List;

/**
 * A recorded subscription with its invoices.
 *
 * @param invoices all recorded invoices, newest first
 */
record BilledSubscription(Subscription subscription, List<InvoiceSnapshot> invoices) {
    /** Returns true if the subscription continues, or could begin with a payment that is under way. */
    boolean isOpen() {
        return subscription.status().isLive() || subscription.isFirstPaymentPending();
    }

    /** Returns the invoices that were created since the last payment, newest first. */
    private List<InvoiceSnapshot> invoicesSinceLastPayment() {
        return invoices.stream()
                .takeWhile(invoice -> !invoice.isPaidWithMoney())
                .toList();
    }

    /**
     * Returns the invoices that can still cost the reader something: all if the subscription is open, else collected ones.
     * The first invoice of an incomplete subscription is not owed: it becomes void if it is not paid.
     */
    List<InvoiceSnapshot> invoicesThatCount() {
        if (isOpen()) {
            return invoicesSinceLastPayment();
        }
        return subscription.status() == SubscriptionStatus.INCOMPLETE
                ? List.of()
                : invoices.stream().filter(InvoiceSnapshot::collected).toList();
    }

    /** Returns the next payment, which is not known any more once its date has passed. */
    NextPayment nextPayment(Instant at) {
        NextPayment next = subscription.nextPayment();
        boolean passed =
                next.status() == NextPaymentStatus.EXPECTED && next.dueAt().isBefore(at);
        return passed ? NextPayment.UNKNOWN : next;
    }
}
