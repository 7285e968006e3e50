package dev.gatefold.subscriptions.model;

import dev.gatefold.subscriptions.model.NextPayment.NextPaymentStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A recorded subscription with its invoices.
 *
 * @param invoices all recorded invoices, newest first
 */
public record BilledSubscription(Subscription subscription, List<InvoiceSnapshot> invoices) {
    public BilledSubscription {
        invoices = List.copyOf(invoices);
    }

    /** Returns true if the subscription continues, or could begin with a payment that is under way. */
    public boolean isOpen() {
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
    public List<InvoiceSnapshot> invoicesThatCount() {
        if (isOpen()) {
            return invoicesSinceLastPayment();
        }
        return subscription.status() == SubscriptionStatus.INCOMPLETE
                ? List.of()
                : invoices.stream().filter(InvoiceSnapshot::collected).toList();
    }

    /** Returns the newest open invoice that the reader can pay on a hosted page; empty if there is none. */
    public Optional<InvoiceSnapshot> payableInvoice() {
        return invoicesThatCount().stream().filter(InvoiceSnapshot::isPayable).findFirst();
    }

    /** Returns true if a payment of an open invoice is under way. */
    public boolean isPaymentProcessing() {
        return invoicesThatCount().stream().anyMatch(InvoiceSnapshot::isProcessing);
    }

    /** Returns the next payment, which is not known any more once its date has passed. */
    public NextPayment nextPayment(Instant at) {
        NextPayment next = subscription.nextPayment();
        boolean passed =
                next.status() == NextPaymentStatus.EXPECTED && next.dueAt().isBefore(at);
        return passed ? NextPayment.UNKNOWN : next;
    }
}
