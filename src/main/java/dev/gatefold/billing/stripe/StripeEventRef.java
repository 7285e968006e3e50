package dev.gatefold.billing.stripe;

import dev.gatefold.billing.queue.NewInboxEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

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
 * @param thin whether the event is a notification that names its object by type and id only
 * @param newPaymentMethod whether the customer has a payment method with which an open invoice could be paid
 * @param accountNamed whether the metadata of a customer has changed and names an account
 * @param personalWithoutCustomer whether the body may contain personal data although it names no customer
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
        String charge,
        boolean thin,
        boolean newPaymentMethod,
        boolean accountNamed,
        boolean personalWithoutCustomer) {
    static final String CUSTOMER_DELETED = "customer.deleted";
    static final String PRICE = "price";

    private static final Set<String> NEW_PAYMENT_METHOD =
            Set.of("payment_method.attached", "payment_method.automatically_updated", "customer.updated");

    /** Returns true if events of a type announce a payment method. Other updates of a customer are ignored when received. */
    static boolean isNewPaymentMethod(String type) {
        return NEW_PAYMENT_METHOD.contains(type);
    }

    /** Returns true if the event may change a subscription or a price for sale, as far as the event itself shows. */
    boolean causesWork() {
        boolean customerChanged =
                customer != null && (thin || newPaymentMethod || accountNamed || type.endsWith(CUSTOMER_DELETED));
        return PRICE.equals(object)
                || subscription != null
                || charge != null
                || customerChanged
                || (thin && isFetchable());
    }

    private boolean isFetchable() {
        return objectId != null && ("invoice".equals(object) || "dispute".equals(object));
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
