package dev.gatefold.billing.stripe;

import com.stripe.model.StripeCollection;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.SubscriptionSchedule;
import com.stripe.param.SubscriptionItemListParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionRetrieveParams;
import com.stripe.param.SubscriptionUpdateParams;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Calls to Stripe about subscriptions. All methods block and throw {@link StripeFailure}. */
@Singleton
class StripeSubscriptionApi {
    private final StripeCalls calls;

    StripeSubscriptionApi(StripeCalls calls) {
        this.calls = calls;
    }

    /** Fetches a subscription with its latest invoice. */
    Optional<Subscription> find(String id) {
        var params =
                SubscriptionRetrieveParams.builder().addExpand("latest_invoice").build();
        return calls.find((stripe, options) -> stripe.subscriptions().retrieve(id, params, options));
    }

    /**
     * Fetches a page of subscriptions in any status, newest first, each with its latest invoice.
     *
     * @param customer only the subscriptions of this customer
     * @param after id of the subscription that precedes the page
     */
    StripeCollection<Subscription> list(Optional<String> customer, Optional<String> after) {
        var params = SubscriptionListParams.builder()
                .setStatus(SubscriptionListParams.Status.ALL)
                .setLimit(StripePages.MAX_SIZE)
                .addExpand("data.latest_invoice");
        customer.ifPresent(params::setCustomer);
        after.ifPresent(params::setStartingAfter);
        return calls.call((stripe, options) -> stripe.subscriptions().list(params.build(), options));
    }

    /** Returns the items of a subscription. Fetches them if the subscription contains only the first ones. */
    List<SubscriptionItem> items(Subscription subscription) {
        var included = subscription.getItems();
        if (included == null || included.getData() == null) {
            return List.of();
        }
        if (!Boolean.TRUE.equals(included.getHasMore())) {
            return included.getData();
        }
        var params = SubscriptionItemListParams.builder()
                .setSubscription(subscription.getId())
                .setLimit(StripePages.MAX_SIZE)
                .build();
        return calls.call((stripe, options) ->
                stripe.subscriptionItems().list(params, options).getData());
    }

    /** Fetches a subscription with its discounts and their coupons. */
    Subscription findWithDiscounts(String id) {
        var params = SubscriptionRetrieveParams.builder()
                .addExpand("discounts.source.coupon")
                .build();
        return calls.call((stripe, options) -> stripe.subscriptions().retrieve(id, params, options));
    }

    Subscription update(String id, SubscriptionUpdateParams params, String idempotencyKey) {
        return calls.callOnce(
                idempotencyKey, (stripe, options) -> stripe.subscriptions().update(id, params, options));
    }

    /** Resumes a paused subscription, which charges the customer's payment method. */
    Subscription resume(String id, String idempotencyKey) {
        return calls.callOnce(
                idempotencyKey, (stripe, options) -> stripe.subscriptions().resume(id, options));
    }

    /** Releases a subscription from its schedule, which leaves the subscription as it is. */
    SubscriptionSchedule releaseSchedule(String schedule, String idempotencyKey) {
        return calls.callOnce(
                idempotencyKey,
                (stripe, options) -> stripe.subscriptionSchedules().release(schedule, options));
    }

    /**
     * Ends a subscription immediately, without an invoice for the rest of the period. Does nothing if it has ended or Stripe
     * does not have it.
     */
    void cancel(String id) {
        var _ = calls.find((stripe, options) -> stripe.subscriptions().cancel(id, options));
    }
}
