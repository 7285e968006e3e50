package dev.gatefold.subscriptions;

import dev.gatefold.catalog.Interval;
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
 * @param endsAt when a cancellation takes effect that is not due yet; null where it renews
 * @param endedAt null while it goes on
 * @param unpaidSince the start of the first period that is owed; null where none is
 * @param pending whether the first payment is under way by a slow means, such as a bank debit
 * @param refundedAt when the whole payment of the latest period was given back; null where it was not
 * @param disputedAt since when that payment is disputed, or the dispute is lost; null where neither
 */
public record Agreement(
        String id,
        Status status,
        List<Item> items,
        Instant startedAt,
        Instant trialUntil,
        Instant endsAt,
        Instant endedAt,
        Instant unpaidSince,
        boolean pending,
        Instant refundedAt,
        Instant disputedAt) {
    /**
     * One thing that is bought.
     *
     * @param price null where it is no plain one
     * @param from when the current period began; null where it is not said
     * @param until when the current period ends; null where it is not said
     */
    public record Item(String plan, Interval interval, Money price, Instant from, Instant until) {}

    private static final Comparator<Item> BY_END =
            Comparator.comparing(item -> item.until == null ? Instant.MAX : item.until);

    public Agreement {
        items = List.copyOf(items);
        if (status.isUnpaid() == (unpaidSince == null)) {
            throw new IllegalArgumentException("What is unpaid is so since an instant, and nothing else is");
        }
    }

    /** The item that lasts longest; empty where none is of a plan of ours. */
    Optional<Item> mainItem() {
        return items.stream().max(BY_END);
    }
}
