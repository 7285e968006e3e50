package dev.gatefold.billing.stripe;

import com.stripe.model.Customer;
import com.stripe.model.PaymentMethod;
import com.stripe.model.StripeCollection;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerPaymentMethodListParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.billingportal.SessionCreateParams;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Calls to Stripe about customers. All methods block and throw {@link StripeFailure}. */
@Singleton
class StripeCustomerApi {
    private final StripeCalls calls;

    StripeCustomerApi(StripeCalls calls) {
        this.calls = calls;
    }

    /** Fetches a customer. A deleted customer is present and marked as deleted, see {@link #isDeleted}. */
    Optional<Customer> find(String id) {
        return calls.find((stripe, options) -> stripe.customers().retrieve(id, options));
    }

    /** Returns true if Stripe has the customer and it is not deleted. */
    boolean exists(String id) {
        return find(id).filter(it -> !isDeleted(it)).isPresent();
    }

    static boolean isDeleted(Customer customer) {
        return Boolean.TRUE.equals(customer.getDeleted());
    }

    Customer create(CustomerCreateParams params, String idempotencyKey) {
        return calls.callOnce(
                idempotencyKey, (stripe, options) -> stripe.customers().create(params, options));
    }

    Customer update(String id, CustomerUpdateParams params, String idempotencyKey) {
        return calls.callOnce(
                idempotencyKey, (stripe, options) -> stripe.customers().update(id, params, options));
    }

    /** Fetches the newest hundred payment methods of a customer; empty if Stripe does not have the customer. */
    List<PaymentMethod> paymentMethodsOf(String id) {
        var params = CustomerPaymentMethodListParams.builder()
                .setLimit(StripePages.MAX_SIZE)
                .build();
        return calls.find(
                        (stripe, options) -> stripe.customers().paymentMethods().list(id, params, options))
                .map(StripeCollection::getData)
                .orElse(List.of());
    }

    /** Deletes a customer, which ends its subscriptions immediately. Does nothing if Stripe does not have it. */
    void delete(String id) {
        var _ = calls.find((stripe, options) -> stripe.customers().delete(id, options));
    }

    com.stripe.model.billingportal.Session createPortalSession(SessionCreateParams params, String idempotencyKey) {
        return calls.callOnce(
                idempotencyKey,
                (stripe, options) -> stripe.billingPortal().sessions().create(params, options));
    }
}
