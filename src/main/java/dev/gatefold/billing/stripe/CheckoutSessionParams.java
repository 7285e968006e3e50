package dev.gatefold.billing.stripe;

import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.Mode;
import com.stripe.param.checkout.SessionCreateParams.SubscriptionData;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.web.SiteConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Builds the parameters of Stripe's hosted checkout pages. */
@Singleton
class CheckoutSessionParams {
    /** The key in Stripe's metadata under which a session and its subscription name the checkout. */
    private static final String CHECKOUT_METADATA = "gatefold_checkout";

    /** Stripe rejects a trial end that is less than 48 hours ahead; one hour is added for slow requests. */
    private static final Duration MIN_TRIAL_WITH_EXACT_END = Duration.ofHours(49);

    private final SiteConfig site;

    CheckoutSessionParams(SiteConfig site) {
        this.site = site;
    }

    SessionCreateParams of(Checkout checkout, String customer, String price) {
        var metadata = Map.of(
                CustomerAccounts.METADATA,
                checkout.account().toString(),
                CHECKOUT_METADATA,
                checkout.id().toString());
        var subscription = SubscriptionData.builder().putAllMetadata(metadata);
        checkout.trialUntil().ifPresent(end -> setTrial(subscription, checkout.createdAt(), end));
        return SessionCreateParams.builder()
                .setMode(Mode.SUBSCRIPTION)
                .setCustomer(customer)
                .setClientReferenceId(checkout.account().toString())
                .putAllMetadata(metadata)
                .setSubscriptionData(subscription.build())
                .addLineItem(LineItem.builder().setPrice(price).setQuantity(1L).build())
                .setSuccessUrl(site.absoluteUrl("/v1/checkout/return") + "?session_id={CHECKOUT_SESSION_ID}")
                .setCancelUrl(site.articleOrHome(checkout.article()).toString())
                .build();
    }

    /** Continues the free trial to its end. A shorter rest is rounded up to whole days, which Stripe requires. */
    private static void setTrial(SubscriptionData.Builder subscription, Instant startedAt, Instant end) {
        Duration left = Duration.between(startedAt, end);
        if (left.compareTo(MIN_TRIAL_WITH_EXACT_END) >= 0) {
            subscription.setTrialEnd(end.getEpochSecond());
        } else {
            subscription.setTrialPeriodDays(left.plusDays(1).minusMillis(1).toDays());
        }
    }
}
