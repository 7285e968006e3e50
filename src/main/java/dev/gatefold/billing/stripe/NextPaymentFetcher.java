package dev.gatefold.billing.stripe;

import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import dev.gatefold.kernel.Money;
import dev.gatefold.subscriptions.model.NextPayment;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Asks Stripe what a subscription charges next, by a preview of its next invoice. */
@Singleton
class NextPaymentFetcher {
    /** The statuses in which Stripe invoices another period. */
    private static final Set<String> INVOICED = Set.of("trialing", "active", "past_due", "unpaid");

    private final StripeInvoiceApi stripe;
    private final Clock clock;

    NextPaymentFetcher(StripeInvoiceApi stripe, Clock clock) {
        this.stripe = stripe;
        this.clock = clock;
    }

    /**
     * Returns the next payment of a subscription. A failed preview gives {@link NextPayment#UNKNOWN}: the subscription is
     * recorded nevertheless, and the preview is repeated when a reader looks at the account.
     *
     * @param items all items of the subscription
     */
    NextPayment fetch(Subscription subscription, List<SubscriptionItem> items) {
        Instant now = clock.instant();
        Optional<Instant> renewal = items.stream()
                .map(SubscriptionItem::getCurrentPeriodEnd)
                .filter(Objects::nonNull)
                .map(Instant::ofEpochSecond)
                .min(Instant::compareTo);
        if (!INVOICED.contains(String.valueOf(subscription.getStatus())) || endsBefore(subscription, renewal)) {
            return NextPayment.nothingDue(now);
        }
        try {
            Invoice preview = stripe.preview(subscription.getId());
            return renewal.or(() -> Optional.ofNullable(StripeTimes.instant(preview.getNextPaymentAttempt())))
                    .filter(_ -> preview.getAmountDue() != null && preview.getAmountDue() >= 0)
                    .map(dueAt ->
                            NextPayment.expected(new Money(preview.getAmountDue(), preview.getCurrency()), dueAt, now))
                    .orElse(NextPayment.UNKNOWN);
        } catch (StripeFailure failure) {
            if (StripeInvoiceApi.NO_UPCOMING_INVOICE.equals(failure.code())) {
                return NextPayment.nothingDue(now);
            }
            Log.warnf(
                    "The next payment of subscription %s is not known: %s", subscription.getId(), failure.getMessage());
            return NextPayment.UNKNOWN;
        }
    }

    /** Returns true if the subscription ends, or its collection is paused, when the next period would be charged. */
    private static boolean endsBefore(Subscription subscription, Optional<Instant> renewal) {
        if (Boolean.TRUE.equals(subscription.getCancelAtPeriodEnd())) {
            return true;
        }
        Instant cancelAt = StripeTimes.instant(subscription.getCancelAt());
        if (cancelAt != null && renewal.filter(cancelAt::isAfter).isEmpty()) {
            return true;
        }
        var pause = subscription.getPauseCollection();
        return pause != null
                && (pause.getResumesAt() == null
                        || renewal.filter(Instant.ofEpochSecond(pause.getResumesAt())::isAfter)
                                .isPresent());
    }
}
