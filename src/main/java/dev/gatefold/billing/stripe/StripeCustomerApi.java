package dev.gatefold.billing.stripe;

import com.stripe.model.Customer;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.billingportal.SessionCreateParams;
import jakarta.inject.Singleton;
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
