package dev.gatefold.subscriptions.model;

import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.kernel.Money;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What whoever bills says of one subscription: the whole of it, from one fetch.
 *
 * @param items of plans of ours; what else is sold with them does not matter here
 * @param trialUntil when the free days end or ended; null where there were none
 * @param cancelsAt when a cancellation takes effect that is not due yet; null where it renews
 * @param endedAt null while it goes on
 * @param unpaidSince the start of the first period that is owed; null where none is
 * @param firstPaymentPending whether the first payment is under way by a slow means, such as a bank debit
 * @param refundedAt when the whole payment of the latest period was given back; null where it was not
 * @param disputedAt since when that payment is disputed, or the dispute is lost; null where neither
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
        Instant refundedAt,
        Instant disputedAt) {
    /**
     * One thing that is bought.
     *
     * @param price null where it is no plain one
     * @param from when the current period began; null where it is not said
     * @param until when the current period ends; null where it is not said
     */
    public record SnapshotItem(String plan, BillingInterval interval, Money price, Instant from, Instant until) {}

    private static final Comparator<SnapshotItem> BY_END =
            Comparator.comparing(item -> item.until == null ? Instant.MAX : item.until);

    public SubscriptionSnapshot {
        items = List.copyOf(items);
        if (status.isUnpaid() == (unpaidSince == null)) {
            throw new IllegalArgumentException("What is unpaid is so since an instant, and nothing else is");
        }
    }

    /** The item that lasts longest; empty where none is of a plan of ours. */
    public Optional<SnapshotItem> mainItem() {
        return items.stream().max(BY_END);
    }
}
