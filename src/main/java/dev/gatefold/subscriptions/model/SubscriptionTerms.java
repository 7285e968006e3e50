package dev.gatefold.subscriptions.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * The terms of a subscription as the billing provider states them, complete and without interpretation. Stored as JSON.
 * References are null if the provider does not name them.
 *
 * @param customer id of the customer who holds the subscription
 * @param schedule id of the schedule that manages the subscription; null if none does
 * @param pause null unless the collection of payments is paused
 * @param cancelsAtPeriodEnd whether the subscription ends with the current period
 * @param cancelAt when the subscription ends by a fixed date; null if there is none
 */
public record SubscriptionTerms(
        String customer,
        CollectionMethod collection,
        String schedule,
        CollectionPause pause,
        boolean cancelsAtPeriodEnd,
        Instant cancelAt,
        List<SubscriptionLine> lines,
        List<SubscriptionDiscount> discounts) {
    /** How payments are collected. */
    public enum CollectionMethod {
        CHARGE_AUTOMATICALLY,
        SEND_INVOICE
    }

    /**
     * A pause of the collection of payments, during which the subscription continues.
     *
     * @param behavior what happens to invoices in the meantime, in the provider's words, such as {@code void}
     * @param resumesAt null if the pause has no end
     */
    public record CollectionPause(String behavior, Instant resumesAt) {}

    /**
     * An item of a subscription.
     *
     * @param unitAmount minor units of the currency per unit, possibly with decimals; null if the price has tiers
     * @param interval unit of the billing interval, in the provider's words: {@code day}, {@code week}, {@code month} or
     *     {@code year}
     * @param intervalCount number of units in one billing interval
     */
    public record SubscriptionLine(
            String item,
            String price,
            String product,
            BigDecimal unitAmount,
            String currency,
            long quantity,
            String interval,
            long intervalCount,
            Instant periodStart,
            Instant periodEnd) {}

    /**
     * A discount of a subscription or of one of its items.
     *
     * @param percentOff null for a discount of a fixed amount
     * @param amountOff minor units of {@code currency}; null for a discount in percent
     * @param endsAt null if the discount has no end or applies once
     */
    public record SubscriptionDiscount(
            String id, String coupon, BigDecimal percentOff, Long amountOff, String currency, Instant endsAt) {}

    /** The terms of a subscription of which only the state is known. */
    public static final SubscriptionTerms UNKNOWN = new SubscriptionTerms(
            null, CollectionMethod.CHARGE_AUTOMATICALLY, null, null, false, null, List.of(), List.of());

    public SubscriptionTerms {
        lines = List.copyOf(lines);
        discounts = List.copyOf(discounts);
    }
}
