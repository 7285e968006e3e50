package dev.gatefold.billing.stripe;

import com.stripe.param.CustomerCreateParams;
import dev.gatefold.billing.customer.BillingCustomers;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Creates the Stripe customer of an account. */
@Singleton
class CustomerCreation {
    private final StripeCustomerApi stripe;
    private final BillingCustomers customers;
    private final StripeIdempotencyKeys keys;

    CustomerCreation(StripeCustomerApi stripe, BillingCustomers customers, StripeIdempotencyKeys keys) {
        this.stripe = stripe;
        this.customers = customers;
        this.keys = keys;
    }

    /** Returns the id of the account's live customer; creates one if there is none. */
    String findOrCreate(UUID account) {
        return customers.currentOf(StripeBilling.PROVIDER, account).orElseGet(() -> create(account));
    }

    private String create(UUID account) {
        String key = "customer-" + account + "-" + customers.countDeleted(StripeBilling.PROVIDER, account);
        var params = CustomerCreateParams.builder()
                .putMetadata(SubscriptionRecorder.ACCOUNT_METADATA, account.toString())
                .build();
        String customer =
                keys.call(key, attempt -> stripe.create(params, attempt)).getId();
        customers.link(StripeBilling.PROVIDER, customer, account);
        // a concurrent request may have linked another customer first
        return customers.currentOf(StripeBilling.PROVIDER, account).orElse(customer);
    }
}
