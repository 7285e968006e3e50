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

    /** @throws Problem 409 {@code payment-method-required} if Stripe refuses, which it does without a payment method */
    void resume(Subscription subscription) {
        try {
            String key = "resume-paused-" + subscription.id() + "-" + subscription.syncNumber();
            keys.call(key, attempt -> stripe.resume(subscription.id(), attempt));
        } catch (StripeFailure failure) {
            if (failure.isRetryable()) {
                throw failure;
            }
            throw Problem.conflict(
                    "payment-method-required",
                    "Payment method required",
                    "The subscription can be resumed once a payment method has been added on the page that "
                            + "POST /v1/me/portal returns");
        }
        sync.syncNow(subscription.id());
    }
}
