package dev.gatefold.billing.stripe;

import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.model.Subscription;
import jakarta.inject.Singleton;

/** Resumes paused subscriptions at Stripe, and records the result. */
@Singleton
class StripeResumption {
    private final StripeSubscriptionApi stripe;
    private final StripeIdempotencyKeys keys;
    private final SubscriptionSync sync;

    StripeResumption(StripeSubscriptionApi stripe, StripeIdempotencyKeys keys, SubscriptionSync sync) {
        this.stripe = stripe;
        this.keys = keys;
        this.sync = sync;
    }

    /**
     * Resumes a paused subscription.
     *
     * @throws Problem 409 {@code payment-method-required} if Stripe refuses, or if the subscription stays paused until its
     *     invoice is paid: both happen without a payment method that can be charged
     */
    void resume(Subscription subscription) {
        boolean paused;
        try {
            String key = "resume-paused-" + subscription.id() + "-" + subscription.syncNumber();
            paused = keys.call(key, attempt -> stripe.resume(subscription.id(), attempt))
                    .getStatus()
                    .equals("paused");
        } catch (StripeFailure failure) {
            if (failure.isRetryable()) {
                throw failure;
            }
            throw paymentMethodRequired();
        }
        sync.syncNow(subscription.id());
        if (paused) {
            throw paymentMethodRequired();
        }
    }

    private static Problem paymentMethodRequired() {
        return Problem.conflict(
                "payment-method-required",
                "Payment method required",
                "The subscription can be resumed once a payment method has been added on the page that "
                        + "POST /v1/me/portal returns");
    }
}
