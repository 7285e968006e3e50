package dev.gatefold.subscriptions.model;

import dev.gatefold.kernel.Money;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The complete state of one subscription, from one fetch from the billing provider.
 *
 * @param id id of the subscription at the provider
 * @param items the items that belong to known plans; other items are left out
 * @param trialUntil end of the free trial; null if there was none
 * @param cancelsAt when a scheduled cancellation takes effect; null if the subscription renews or has ended
 * @param endedAt when the subscription ended; null while it continues
 * @param unpaidSince start of the first unpaid period; non-null exactly if the status is {@code PAST_DUE} or {@code UNPAID}
 * @param firstPaymentPending whether the first payment is still in progress, for example a bank debit
 * @param paidBefore whether a payment of money has succeeded
 * @param refundedAt when the payment of the latest period was refunded in full; null if it was not
 * @param disputedAt when a dispute about that payment began that is open or lost; null if there is none
 * @param terms everything else that the provider states
 * @param invoices all invoices that were fetched, newest first
 */
public record SubscriptionSnapshot(
        String id,
        SubscriptionStatus status,
        List<SnapshotItem> items,
        Instant startedAt,
        Instant trialUntil,
        Instant cancelsAt,
        Instant endedAt,
        Instant unpaidSince,
        boolean firstPaymentPending,
        boolean paidBefore,
        Instant refundedAt,
        Instant disputedAt,
        SubscriptionTerms terms,
        List<InvoiceSnapshot> invoices,
        NextPayment nextPayment) {
    /**
     * One item of a subscription: a plan at one of its prices.
     *
     * @param period how often the price is charged; null if the provider does not state it
     * @param price null if the provider's price is not a plain amount
     * @param from start of the current period; null if the provider does not name it
     * @param until end of the current period; null if the provider does not name it
     */
    public record SnapshotItem(String plan, BillingPeriod period, Money price, Instant from, Instant until) {}

    private static final Comparator<SnapshotItem> BY_END =
            Comparator.comparing(item -> item.until == null ? Instant.MAX : item.until);

    public SubscriptionSnapshot {
        items = List.copyOf(items);
        invoices = List.copyOf(invoices);
        if (status.isUnpaid() == (unpaidSince == null)) {
            throw new IllegalArgumentException(
                    "unpaidSince is required for an unpaid status and must be null otherwise");
        }
    }

    /** Returns the item that lasts longest, or empty if no item belongs to a known plan. */
    public Optional<SnapshotItem> mainItem() {
        return items.stream().max(BY_END);
    }
}
