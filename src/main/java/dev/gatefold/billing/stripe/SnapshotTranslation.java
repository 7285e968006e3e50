package dev.gatefold.billing.stripe;

import com.stripe.model.Discount;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import dev.gatefold.kernel.Money;
import dev.gatefold.subscriptions.model.BillingPeriod;
import dev.gatefold.subscriptions.model.InvoiceSnapshot;
import dev.gatefold.subscriptions.model.NextPayment;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot.SnapshotItem;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import io.quarkus.logging.Log;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Translates a subscription of Stripe to a {@link SubscriptionSnapshot}. */
final class SnapshotTranslation {
    private SnapshotTranslation() {}

    /**
     * Returns the snapshot of a subscription.
     *
     * @param items all items; those without a known plan are left out
     * @param discounts of the subscription, with their coupons
     * @param invoices all fetched invoices of the subscription, newest first
     * @param plans slug of the plan by the id of each price that stands for one
     * @param reversal of the payment of the latest invoice
     * @param paidBefore whether an earlier sync saw a payment of money
     * @param nextPayment as Stripe's preview states it
     */
    static SubscriptionSnapshot snapshot(
            Subscription subscription,
            List<SubscriptionItem> items,
            List<Discount> discounts,
            List<InvoiceSnapshot> invoices,
            Map<String, String> plans,
            PaymentReversal reversal,
            boolean paidBefore,
            NextPayment nextPayment) {
        Instant startedAt = Optional.ofNullable(StripeTimes.instant(subscription.getStartDate()))
                .or(() -> Optional.ofNullable(StripeTimes.instant(subscription.getCreated())))
                .orElse(Instant.EPOCH);
        SubscriptionStatus status = status(subscription);
        boolean ended = status == SubscriptionStatus.CANCELED;
        boolean unpaid = status == SubscriptionStatus.PAST_DUE || status == SubscriptionStatus.UNPAID;
        List<SnapshotItem> known = items.stream()
                .filter(item -> item.getPrice() != null
                        && plans.containsKey(item.getPrice().getId()))
                .map(item -> item(item, plans.get(item.getPrice().getId())))
                .toList();
        return new SubscriptionSnapshot(
                subscription.getId(),
                status,
                known,
                startedAt,
                StripeTimes.instant(subscription.getTrialEnd()),
                ended ? null : cancelsAt(subscription, known),
                ended ? endedAt(subscription, startedAt) : null,
                unpaid ? unpaidSince(invoices, known, startedAt) : null,
                isFirstPaymentPending(status, invoices, subscription.getCollectionMethod()),
                paidBefore || invoices.stream().anyMatch(InvoiceSnapshot::isPaidWithMoney),
                reversal.refundedAt(),
                reversal.disputedAt(),
                TermsTranslation.terms(subscription, items, discounts),
                invoices,
                nextPayment);
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

    private static SnapshotItem item(SubscriptionItem item, String plan) {
        Price price = item.getPrice();
        boolean single = item.getQuantity() == null || item.getQuantity() == 1;
        boolean plain =
                single && price.getUnitAmount() != null && price.getUnitAmount() >= 0 && price.getCurrency() != null;
        return new SnapshotItem(
                plan,
                period(price),
                plain ? new Money(price.getUnitAmount(), price.getCurrency()) : null,
                StripeTimes.instant(item.getCurrentPeriodStart()),
                StripeTimes.instant(item.getCurrentPeriodEnd()));
    }

    /**
     * Returns the period of the price itself: a price of the plan's product may have an interval that is not for sale. A unit
     * that is not known gives null, so that the subscription is recorded nevertheless.
     */
    private static BillingPeriod period(Price price) {
        Price.Recurring recurring = price.getRecurring();
        if (recurring == null) {
            return null;
        }
        int count = recurring.getIntervalCount() == null ? 1 : Math.toIntExact(recurring.getIntervalCount());
        return Arrays.stream(BillingPeriod.Unit.values())
                .filter(unit -> unit.name().equalsIgnoreCase(recurring.getInterval()))
                .findFirst()
                .map(unit -> new BillingPeriod(unit, count))
                .orElse(null);
    }

    /** Stripe expresses a cancellation by {@code cancel_at}, by {@code cancel_at_period_end}, or by both. */
    private static Instant cancelsAt(Subscription subscription, List<SnapshotItem> items) {
        if (subscription.getCancelAt() != null) {
            return StripeTimes.instant(subscription.getCancelAt());
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
                .map(StripeTimes::instant)
                .findFirst()
                .orElse(startedAt);
    }

    /**
     * Returns the start of the first unpaid period. The open invoices determine it, because the current period has already
     * advanced when a renewal fails, and may advance again before the reader pays. An invoice that was left open before the
     * last payment does not count. Without an open invoice it is the start of the current period.
     */
    private static Instant unpaidSince(List<InvoiceSnapshot> invoices, List<SnapshotItem> items, Instant startedAt) {
        return invoices.stream()
                .takeWhile(invoice -> !invoice.isPaidWithMoney())
                .filter(InvoiceSnapshot::isOwed)
                .map(InvoiceSnapshot::periodStart)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .or(() -> items.stream()
                        .map(SnapshotItem::from)
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo))
                .orElse(startedAt);
    }

    /**
     * Stripe reports a subscription as active while a first payment by bank debit is still in progress, and as incomplete if
     * the debit must be confirmed first. A subscription whose invoices are sent is active from the start; its first invoice
     * is a draft for an hour.
     */
    private static boolean isFirstPaymentPending(
            SubscriptionStatus status, List<InvoiceSnapshot> invoices, String collectionMethod) {
        boolean sent = "send_invoice".equals(collectionMethod);
        return invoices.stream()
                .filter(invoice -> invoice.isFirst() && (invoice.isOwed() || (sent && invoice.isDraftToPay())))
                .anyMatch(invoice -> switch (status) {
                    case ACTIVE -> true;
                    case INCOMPLETE -> invoice.isProcessing();
                    case TRIALING, PAST_DUE, UNPAID, PAUSED, CANCELED, INCOMPLETE_EXPIRED, UNKNOWN -> false;
                });
    }
}
