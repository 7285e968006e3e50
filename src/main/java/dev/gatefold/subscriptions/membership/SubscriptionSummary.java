package dev.gatefold.subscriptions.membership;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.kernel.Money;
import dev.gatefold.subscriptions.model.BillingPeriod;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A subscription, as its reader sees it.
 *
 * @param interval unit of the billing period; subscriptions can have other units than the plans for sale
 * @param intervalCount units in a billing period, such as 6 for every six months
 * @param price per billing period; absent if the provider's price is not a plain amount
 * @param paidUntil end of the current period, when a renewal is due
 * @param endsAt when a scheduled cancellation takes effect; absent if the subscription renews
 * @param canceling whether the subscription ends before another period is charged
 * @param endedAt absent while the subscription continues
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"plan", "interval", "status", "canceling"})
public record SubscriptionSummary(
        String plan,
        BillingPeriod.Unit interval,
        Integer intervalCount,
        Money price,
        SubscriptionStatus status,
        Instant startedAt,
        Instant trialUntil,
        Instant paidUntil,
        Instant endsAt,
        boolean canceling,
        Instant endedAt) {
    /** Returns the summary of a recorded subscription. */
    public static SubscriptionSummary of(Subscription subscription) {
        BillingPeriod period = subscription.period();
        return new SubscriptionSummary(
                subscription.plan(),
                period == null ? null : period.unit(),
                period == null ? null : period.count(),
                subscription.price().orElse(null),
                subscription.status(),
                subscription.startedAt(),
                subscription.trialUntil(),
                subscription.paidUntil(),
                subscription.cancelsAt(),
                subscription.isCanceling(),
                subscription.endedAt());
    }
}
