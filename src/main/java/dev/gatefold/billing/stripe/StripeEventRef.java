package dev.gatefold.billing.stripe;

import java.time.Instant;

/**
 * What is taken from an event: that something has happened to something. What has happened is asked of Stripe.
 *
 * @param created by Stripe's clock, in whole seconds: of no use for ordering; null where it is not said
 * @param livemode null where it is not said
 * @param account of a connected account; null for our own
 * @param apiVersion in which the event was written; null where it is not said
 * @param object the kind of thing it is about, such as {@code invoice}
 * @param objectId null where the thing has no id
 * @param customer whose it is; null where it is not said
 * @param subscription which it belongs to; null where it is not said
 * @param charge that was refunded or is disputed; null where it is about something else
 */
public record StripeEventRef(
        String event,
        String type,
        Instant created,
        Boolean livemode,
        String account,
        String apiVersion,
        String object,
        String objectId,
        String customer,
        String subscription,
        String charge) {
    static final String CUSTOMER_DELETED = "customer.deleted";

    /** Whether it leads to a subscription, as far as can be told without asking anybody. */
    boolean mayAffectSubscription() {
        return subscription != null || charge != null || (type.equals(CUSTOMER_DELETED) && customer != null);
    }
}
