package dev.gatefold.billing.stripe;

import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.common.EmptyParam;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.model.Subscription;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Cancels subscriptions at Stripe and undoes that, and records the result. A refusal is a problem 409, because repeating the
 * request would not help.
 */
@Singleton
class StripeCancellation {
    private static final Set<String> ENDED = Set.of("canceled", "incomplete_expired");

    private final StripeSubscriptionApi stripe;
    private final StripeInvoiceApi stripeInvoices;
    private final StripeIdempotencyKeys keys;
    private final SubscriptionSync sync;

    StripeCancellation(
            StripeSubscriptionApi stripe,
            StripeInvoiceApi stripeInvoices,
            StripeIdempotencyKeys keys,
            SubscriptionSync sync) {
        this.stripe = stripe;
        this.stripeInvoices = stripeInvoices;
        this.keys = keys;
        this.sync = sync;
    }

    /** Releases the subscription from its schedule first, because Stripe refuses to cancel a scheduled one. */
    void cancelAtPeriodEnd(Subscription subscription) {
        String schedule = subscription.terms().schedule();
        if (schedule != null) {
            release(subscription, schedule);
        }
        update(
                subscription,
                "cancel",
                SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true).build());
    }

    private void release(Subscription subscription, String schedule) {
        try {
            keys.call(key("release", subscription), attempt -> stripe.releaseSchedule(schedule, attempt));
        } catch (StripeFailure failure) {
            // the schedule may have ended in the meantime
            if (current(subscription, failure)
                    .filter(it -> it.getSchedule() != null)
                    .isPresent()) {
                throw refusal(failure, subscription, managedBySchedule());
            }
        }
    }

    void cancelNow(Subscription subscription) {
        try {
            stripe.cancel(subscription.id());
        } catch (StripeFailure failure) {
            requireEnded(subscription, failure);
        }
        sync.syncNow(subscription.id());
    }

    void voidInvoices(Subscription subscription, List<String> invoices) {
        for (String invoice : invoices) {
            try {
                keys.call("void-" + invoice, attempt -> stripeInvoices.voidInvoice(invoice, attempt));
            } catch (StripeFailure failure) {
                if (failure.isRetryable()) {
                    throw failure;
                }
                Log.warnf("Invoice %s is not voided and stays due: %s", invoice, failure.getMessage());
            }
        }
        sync.syncNow(subscription.id());
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
        try {
            keys.call(key(operation, subscription), attempt -> stripe.update(subscription.id(), params, attempt));
        } catch (StripeFailure failure) {
            requireEnded(subscription, failure);
        }
        sync.syncNow(subscription.id());
    }

    /** Stripe rejects the change of a subscription that has ended in the meantime. Any other rejection is a refusal. */
    private void requireEnded(Subscription subscription, StripeFailure failure) {
        Optional<com.stripe.model.Subscription> current = current(subscription, failure);
        if (current.filter(it -> !ENDED.contains(it.getStatus())).isPresent()) {
            boolean scheduled = current.get().getSchedule() != null;
            throw refusal(failure, subscription, scheduled ? managedBySchedule() : refused());
        }
    }

    /**
     * Returns the subscription as it is after a rejected change; empty if it is gone.
     *
     * @throws StripeFailure {@code failure} if the change can be repeated
     */
    private Optional<com.stripe.model.Subscription> current(Subscription subscription, StripeFailure failure) {
        if (failure.isRetryable()) {
            throw failure;
        }
        return stripe.find(subscription.id());
    }

    /** The sync number makes the key new after each recorded sync, so that a reader can cancel and resume repeatedly. */
    private static String key(String operation, Subscription subscription) {
        return operation + "-" + subscription.id() + "-" + subscription.syncNumber();
    }

    private static Problem refusal(StripeFailure failure, Subscription subscription, Problem problem) {
        Log.warnf("The cancellation of subscription %s is refused: %s", subscription.id(), failure.getMessage());
        return problem;
    }

    private static Problem managedBySchedule() {
        return Problem.conflict(
                "managed-by-schedule",
                "Managed by a schedule",
                "A planned change of the subscription prevents this request; cancel the subscription on the page that "
                        + "POST /v1/me/portal returns");
    }

    private static Problem refused() {
        return Problem.conflict(
                "cancellation-refused",
                "Cancellation refused",
                "The payment provider refuses this change of the subscription; manage the subscription on the page that "
                        + "POST /v1/me/portal returns");
    }
}
