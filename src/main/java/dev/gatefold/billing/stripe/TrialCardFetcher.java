package dev.gatefold.billing.stripe;

import com.stripe.model.PaymentMethod;
import com.stripe.model.Subscription;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;

/** Fetches the fingerprints of the cards that a customer in a trial has at Stripe. */
@Singleton
class TrialCardFetcher {
    private final StripeCustomerApi stripe;

    TrialCardFetcher(StripeCustomerApi stripe) {
        this.stripe = stripe;
    }

    /**
     * Returns Stripe's fingerprints of the card numbers; empty unless the subscription is in a trial. A failure of Stripe does
     * not prevent the sync of the subscription: the next sync asks again.
     */
    List<String> fetch(Subscription subscription) {
        if (!"trialing".equals(subscription.getStatus()) || subscription.getCustomer() == null) {
            return List.of();
        }
        try {
            return stripe.paymentMethodsOf(subscription.getCustomer()).stream()
                    .map(PaymentMethod::getCard)
                    .filter(Objects::nonNull)
                    .map(PaymentMethod.Card::getFingerprint)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
        } catch (StripeFailure failure) {
            Log.warnf(
                    "The cards of the trial subscription %s are not known: %s",
                    subscription.getId(), failure.getMessage());
            return List.of();
        }
    }
}
