package dev.gatefold.billing.stripe;

import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.common.EmptyParam;
import dev.gatefold.subscriptions.model.Subscription;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Schedules and undoes cancellations at Stripe, and records the result. */
@Singleton
class StripeCancellation {
    private final StripeSubscriptionApi stripe;
    private final StripeIdempotencyKeys keys;
    private final SubscriptionSync sync;

    StripeCancellation(StripeSubscriptionApi stripe, StripeIdempotencyKeys keys, SubscriptionSync sync) {
        this.stripe = stripe;
        this.keys = keys;
        this.sync = sync;
    }

    void cancelAtPeriodEnd(Subscription subscription) {
        update(
                subscription,
                "cancel",
                SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true).build());
    }

    /** Undoes a cancellation. Does nothing if none is scheduled at Stripe. */
    void undo(Subscription subscription) {
        stripe.find(subscription.id())
                .flatMap(StripeCancellation::undoParams)
                .ifPresent(params ->
                        update(subscription, params.getCancelAt() == null ? "resume" : "clear-cancel-at", params));
    }

    /** Returns the parameters that remove a cancellation in the form in which it was scheduled. */
    private static Optional<SubscriptionUpdateParams> undoParams(com.stripe.model.Subscription subscription) {
        var params = SubscriptionUpdateParams.builder();
        if (Boolean.TRUE.equals(subscription.getCancelAtPeriodEnd())) {
            return Optional.of(params.setCancelAtPeriodEnd(false).build());
        }
        return Optional.ofNullable(subscription.getCancelAt())
                .map(_ -> params.setCancelAt(EmptyParam.EMPTY).build());
    }

    private void update(Subscription subscription, String operation, SubscriptionUpdateParams params) {
        // the sync number makes the key new after each recorded sync, so that a reader can cancel and resume repeatedly
        String key = operation + "-" + subscription.id() + "-" + subscription.syncNumber();
        keys.call(key, attempt -> stripe.update(subscription.id(), params, attempt));
        sync.syncNow(subscription.id());
    }
}
