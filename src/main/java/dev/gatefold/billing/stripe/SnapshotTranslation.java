package dev.gatefold.billing.stripe;

import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import dev.gatefold.billing.stripe.StripePrices.PlanInterval;
import dev.gatefold.kernel.Money;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot.SnapshotItem;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import io.quarkus.logging.Log;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Translates a subscription of Stripe to a {@link SubscriptionSnapshot}. */
final class SnapshotTranslation {
    private SnapshotTranslation() {}

    /**
     * Returns the snapshot of a subscription.
     *
     * @param items all items; those without a known plan are left out
     * @param openInvoices the unpaid invoices of the subscription
     * @param planOf returns the plan that a price stands for
     * @param reversal of the payment of the latest invoice
     */
    static SubscriptionSnapshot snapshot(
            Subscription subscription,
            List<SubscriptionItem> items,
            List<Invoice> openInvoices,
            Function<Price, Optional<PlanInterval>> planOf,
            PaymentReversal reversal) {
        Instant startedAt = Optional.ofNullable(instant(subscription.getStartDate()))
                .or(() -> Optional.ofNullable(instant(subscription.getCreated())))
                .orElse(Instant.EPOCH);
        SubscriptionStatus status = status(subscription);
        boolean ended = status == SubscriptionStatus.CANCELED;
        boolean unpaid = status == SubscriptionStatus.PAST_DUE || status == SubscriptionStatus.UNPAID;
        List<SnapshotItem> known = items.stream()
                .flatMap(item -> planOf.apply(item.getPrice()).map(plan -> item(item, plan)).stream())
                .toList();
        return new SubscriptionSnapshot(
                subscription.getId(),
                status,
                known,
                startedAt,
                instant(subscription.getTrialEnd()),
                ended ? null : cancelsAt(subscription, known),
                ended ? endedAt(subscription, startedAt) : null,
                unpaid ? unpaidSince(openInvoices, known, startedAt) : null,
                isFirstPaymentPending(subscription),
                reversal.refundedAt(),
                reversal.disputedAt());
    }

    private static SubscriptionStatus status(Subscription subscription) {
        return switch (subscription.getStatus()) {
            case "incomplete" -> SubscriptionStatus.INCOMPLETE;
            case "incomplete_expired" -> SubscriptionStatus.INCOMPLETE_EXPIRED;
            case "trialing" -> SubscriptionStatus.TRIALING;
            case "active" -> SubscriptionStatus.ACTIVE;
            case "past_due" -> SubscriptionStatus.PAST_DUE;
            case "unpaid" -> SubscriptionStatus.UNPAID;
            case "paused" -> SubscriptionStatus.PAUSED;
            case "canceled" -> SubscriptionStatus.CANCELED;
            case null, default -> {
                Log.errorf(
                        "Subscription %s has the unknown status %s and grants no access",
                        subscription.getId(), subscription.getStatus());
                yield SubscriptionStatus.UNKNOWN;
            }
        };
    }

    private static SnapshotItem item(SubscriptionItem item, PlanInterval plan) {
        Price price = item.getPrice();
        boolean plain = price.getUnitAmount() != null && price.getUnitAmount() >= 0 && price.getCurrency() != null;
        return new SnapshotItem(
                plan.plan(),
                plan.interval(),
                plain ? new Money(price.getUnitAmount(), price.getCurrency()) : null,
                instant(item.getCurrentPeriodStart()),
                instant(item.getCurrentPeriodEnd()));
    }

    /** Stripe expresses a cancellation by {@code cancel_at}, by {@code cancel_at_period_end}, or by both. */
    private static Instant cancelsAt(Subscription subscription, List<SnapshotItem> items) {
        if (subscription.getCancelAt() != null) {
            return instant(subscription.getCancelAt());
        }
        return Boolean.TRUE.equals(subscription.getCancelAtPeriodEnd())
                ? items.stream()
                        .map(SnapshotItem::until)
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo)
                        .orElse(null)
                : null;
    }

    private static Instant endedAt(Subscription subscription, Instant startedAt) {
        return Stream.of(subscription.getEndedAt(), subscription.getCanceledAt())
                .filter(Objects::nonNull)
                .map(SnapshotTranslation::instant)
                .findFirst()
                .orElse(startedAt);
    }

    /**
     * Returns the start of the first unpaid period. The open invoices determine it, because the current period has already
     * advanced when a renewal fails, and may advance again before the reader pays. Without an open invoice it is the start
     * of the current period.
     */
    private static Instant unpaidSince(List<Invoice> openInvoices, List<SnapshotItem> items, Instant startedAt) {
        return openInvoices.stream()
                .map(SnapshotTranslation::periodStart)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .or(() -> items.stream()
                        .map(SnapshotItem::from)
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo))
                .orElse(startedAt);
    }

    /** Returns the latest period start among an invoice's lines; earlier ones belong to amounts that were carried over. */
    private static Instant periodStart(Invoice invoice) {
        return invoice.getLines() == null
                ? null
                : invoice.getLines().getData().stream()
                        .map(InvoiceLineItem::getPeriod)
                        .filter(Objects::nonNull)
                        .map(period -> instant(period.getStart()))
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo)
                        .orElse(null);
    }

    /** Stripe reports a subscription as active while a first payment by bank debit is still in progress. */
    private static boolean isFirstPaymentPending(Subscription subscription) {
        Invoice invoice = subscription.getLatestInvoiceObject();
        return invoice != null
                && "subscription_create".equals(invoice.getBillingReason())
                && "open".equals(invoice.getStatus())
                && invoice.getAmountDue() != null
                && invoice.getAmountDue() > 0;
    }

    private static Instant instant(Long epochSecond) {
        return epochSecond == null ? null : Instant.ofEpochSecond(epochSecond);
    }
}
