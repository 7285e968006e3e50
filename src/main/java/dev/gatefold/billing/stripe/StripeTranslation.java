package dev.gatefold.billing.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.Dispute;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.InvoicePayment;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.checkout.Session;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.common.EmptyParam;
import dev.gatefold.billing.stripe.StripePrices.PlanInterval;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.kernel.Money;
import dev.gatefold.subscriptions.model.CheckoutPageState;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import io.quarkus.logging.Log;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The one place that knows what Stripe's words and fields mean. */
public final class StripeTranslation {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,255}");

    /** Inquiries ({@code warning_...}) take nothing away, and what is won is as if it had not been. */
    private static final Set<String> DISPUTED = Set.of("needs_response", "under_review", "lost");

    /** The year 5138: what is later is no time that Stripe has said. */
    private static final long LATEST = 100_000_000_000L;

    private StripeTranslation() {}

    /**
     * Reads an event, in whatever version it was written.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static StripeEventRef eventRef(JsonNode event) {
        JsonNode object = event.path("data").path("object");
        String kind = id(object.path("object"));
        if (!event.path("id").isTextual() || id(event.path("id")) == null || id(event.path("type")) == null) {
            throw new IllegalArgumentException("An event has an id and a type");
        }
        return new StripeEventRef(
                id(event.path("id")),
                id(event.path("type")),
                event.path("created").isIntegralNumber()
                        ? instantOrNull(event.path("created").longValue())
                        : null,
                event.path("livemode").isBoolean() ? event.path("livemode").booleanValue() : null,
                id(event.path("account")),
                id(event.path("api_version")),
                kind,
                id(object.path("id")),
                "customer".equals(kind) ? id(object.path("id")) : id(object.path("customer")),
                subscriptionOf(kind, object),
                chargeOf(kind, id(event.path("type")), object));
    }

    private static String subscriptionOf(String kind, JsonNode object) {
        if ("subscription".equals(kind)) {
            return id(object.path("id"));
        }
        // since 2025-03-31 an invoice names it below its parent; before, as most things do, itself
        String below = id(object.path("parent").path("subscription_details").path("subscription"));
        return below == null ? id(object.path("subscription")) : below;
    }

    private static String chargeOf(String kind, String type, JsonNode object) {
        if ("charge".equals(kind)) {
            return type.startsWith("charge.refund") ? id(object.path("id")) : null;
        }
        return "dispute".equals(kind) || "refund".equals(kind) ? id(object.path("charge")) : null;
    }

    /** An id, also of an object that stands there whole; null where there is none, or it is no name of Stripe's. */
    private static String id(JsonNode node) {
        String id = node.isObject() ? node.path("id").asText() : node.isTextual() ? node.asText() : "";
        return ID.matcher(id).matches() ? id : null;
    }

    /** What a subscription says, as far as it is of plans of ours. */
    static SubscriptionSnapshot snapshot(
            Subscription subscription,
            List<SubscriptionItem> items,
            List<Invoice> owed,
            Function<Price, Optional<PlanInterval>> prices,
            PaymentReversal contest) {
        Instant started = Optional.ofNullable(instant(subscription.getStartDate()))
                .or(() -> Optional.ofNullable(instant(subscription.getCreated())))
                .orElse(Instant.EPOCH);
        SubscriptionStatus status = status(subscription);
        List<SubscriptionSnapshot.SnapshotItem> ours = items.stream()
                .flatMap(item -> prices.apply(item.getPrice()).map(bound -> item(item, bound)).stream())
                .toList();
        return new SubscriptionSnapshot(
                subscription.getId(),
                status,
                ours,
                started,
                instant(subscription.getTrialEnd()),
                status == SubscriptionStatus.CANCELED ? null : endsAt(subscription, ours),
                status == SubscriptionStatus.CANCELED ? endedAt(subscription, started) : null,
                status == SubscriptionStatus.PAST_DUE || status == SubscriptionStatus.UNPAID
                        ? unpaidSince(owed, ours, started)
                        : null,
                isPending(subscription),
                contest.refundedAt(),
                contest.disputedAt());
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
                        "Subscription %s has the status %s, which we do not know: it entitles to nothing",
                        subscription.getId(), subscription.getStatus());
                yield SubscriptionStatus.UNKNOWN;
            }
        };
    }

    private static SubscriptionSnapshot.SnapshotItem item(SubscriptionItem item, PlanInterval bound) {
        Price price = item.getPrice();
        boolean plain = price.getUnitAmount() != null && price.getUnitAmount() >= 0 && price.getCurrency() != null;
        return new SubscriptionSnapshot.SnapshotItem(
                bound.plan(),
                bound.interval(),
                plain ? new Money(price.getUnitAmount(), price.getCurrency()) : null,
                instant(item.getCurrentPeriodStart()),
                instant(item.getCurrentPeriodEnd()));
    }

    /** A cancellation at the end of the period may be said in two ways, one without the other. */
    private static Instant endsAt(Subscription subscription, List<SubscriptionSnapshot.SnapshotItem> items) {
        if (subscription.getCancelAt() != null) {
            return instant(subscription.getCancelAt());
        }
        return Boolean.TRUE.equals(subscription.getCancelAtPeriodEnd())
                ? items.stream()
                        .map(SubscriptionSnapshot.SnapshotItem::until)
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo)
                        .orElse(null)
                : null;
    }

    private static Instant endedAt(Subscription subscription, Instant started) {
        return Stream.of(subscription.getEndedAt(), subscription.getCanceledAt())
                .filter(Objects::nonNull)
                .map(StripeTranslation::instant)
                .findFirst()
                .orElse(started);
    }

    /**
     * The period has moved on when its renewal fails, and may do so again before the reader pays; and what fails in the
     * middle of a period was owed from there. So the invoices say it, and the period where there is none.
     */
    private static Instant unpaidSince(
            List<Invoice> owed, List<SubscriptionSnapshot.SnapshotItem> items, Instant started) {
        return owed.stream()
                .map(StripeTranslation::beginning)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .or(() -> items.stream()
                        .map(SubscriptionSnapshot.SnapshotItem::from)
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo))
                .orElse(started);
    }

    /** What is carried over from the period before stands on an invoice too: the latest is what it is for. */
    private static Instant beginning(Invoice invoice) {
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

    /** Whether something may be owed for it. */
    static boolean mayHaveOpenInvoices(Subscription subscription) {
        return Set.of("past_due", "unpaid").contains(String.valueOf(subscription.getStatus()));
    }

    /** Active, though the first payment is still under way: a bank debit takes days. */
    private static boolean isPending(Subscription subscription) {
        Invoice invoice = subscription.getLatestInvoiceObject();
        return invoice != null
                && "subscription_create".equals(invoice.getBillingReason())
                && "open".equals(invoice.getStatus())
                && invoice.getAmountDue() != null
                && invoice.getAmountDue() > 0;
    }

    /** The key by which a price is found in any account of Stripe's. */
    static String lookupKey(String plan, BillingInterval interval) {
        return plan + "_" + interval.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The subscription that an invoice is for; empty where it is for something else. */
    static Optional<String> subscriptionOf(Invoice invoice) {
        return Optional.ofNullable(invoice.getParent())
                .map(Invoice.Parent::getSubscriptionDetails)
                .map(Invoice.Parent.SubscriptionDetails::getSubscription);
    }

    static Stream<String> invoiceIds(List<InvoicePayment> payments) {
        return payments.stream().map(InvoicePayment::getInvoice).filter(Objects::nonNull);
    }

    /** What became of a payment; {@code at} stands for when it was given back, which is not said. */
    static PaymentReversal reversal(Charge charge, List<Dispute> disputes, Instant at) {
        return new PaymentReversal(Boolean.TRUE.equals(charge.getRefunded()) ? at : null, disputedAt(disputes));
    }

    /** Whether a customer has not been deleted; of one who was, Stripe keeps the name. */
    static boolean isNotDeleted(Customer customer) {
        return !Boolean.TRUE.equals(customer.getDeleted());
    }

    /** Whether it was made for an account; what we made ourselves need not say so. */
    static boolean isForAccount(Session session, UUID account) {
        String reference = session.getClientReferenceId();
        return reference == null || reference.equals(account.toString());
    }

    static CheckoutPageState pageState(Session session) {
        return switch (session.getStatus()) {
            case "complete" -> CheckoutPageState.COMPLETE;
            case "expired" -> CheckoutPageState.EXPIRED;
            case null, default -> CheckoutPageState.OPEN;
        };
    }

    /** What takes a cancellation back, in the way in which it stands there; empty where none does. */
    static Optional<SubscriptionUpdateParams> undoCancellation(Subscription subscription) {
        var change = SubscriptionUpdateParams.builder();
        if (Boolean.TRUE.equals(subscription.getCancelAtPeriodEnd())) {
            return Optional.of(change.setCancelAtPeriodEnd(false).build());
        }
        return Optional.ofNullable(subscription.getCancelAt())
                .map(_ -> change.setCancelAt(EmptyParam.EMPTY).build());
    }

    /** Since when a charge is disputed, or lost; null where it is neither. */
    public static Instant disputedAt(List<Dispute> disputes) {
        return disputes.stream()
                .filter(dispute -> DISPUTED.contains(dispute.getStatus()))
                .map(dispute -> instant(dispute.getCreated()))
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    static Instant instant(Long seconds) {
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    private static Instant instantOrNull(long seconds) {
        return seconds < 0 || seconds > LATEST ? null : Instant.ofEpochSecond(seconds);
    }
}
