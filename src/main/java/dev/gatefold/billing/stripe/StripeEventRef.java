package dev.gatefold.billing.stripe;

import dev.gatefold.billing.queue.NewInboxEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * The part of a Stripe event that is used: its type and the ids of the objects concerned. Their state is fetched from Stripe.
 * Components are null if the event does not contain them, except {@code event} and {@code type}.
 *
 * @param event id of the event
 * @param created by Stripe's clock, in whole seconds; not suitable for ordering
 * @param account the connected account that the event is about; null for the own account
 * @param apiVersion API version in which the event is written
 * @param object type of the object that the event is about, such as {@code invoice}
 * @param charge charge that was refunded or disputed; null for other events
 */
record StripeEventRef(
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

    /** Returns true if the event may change a subscription, as far as the event itself shows. */
    boolean mayAffectSubscription() {
        return subscription != null || charge != null || (type.equals(CUSTOMER_DELETED) && customer != null);
    }

    NewInboxEvent toInboxEvent(Optional<String> ignoredBecause) {
        return new NewInboxEvent(
                StripeBilling.PROVIDER,
                event,
                type,
                created,
                livemode,
                apiVersion,
                object,
                objectId,
                customer,
                subscription,
                charge,
                ignoredBecause);
    }
}
