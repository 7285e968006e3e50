package dev.gatefold.billing.stripe;

import com.stripe.param.CustomerUpdateParams;
import dev.gatefold.accounts.account.AccountEmails;
import dev.gatefold.accounts.account.AccountEmails.VerifiedEmail;
import dev.gatefold.billing.customer.BillingCustomers;
import dev.gatefold.billing.queue.WorkLease;
import dev.gatefold.billing.queue.WorkQueue;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Sends the verified e-mail address of an account to its Stripe customer. */
@Singleton
class CustomerUpdate {
    private final StripeCustomerApi stripe;
    private final BillingCustomers customers;
    private final AccountEmails emails;
    private final StripeIdempotencyKeys keys;
    private final WorkQueue queue;

    CustomerUpdate(
            StripeCustomerApi stripe,
            BillingCustomers customers,
            AccountEmails emails,
            StripeIdempotencyKeys keys,
            WorkQueue queue) {
        this.stripe = stripe;
        this.customers = customers;
        this.emails = emails;
        this.keys = keys;
        this.queue = queue;
    }

    /** Updates the leased customer. Does nothing if the account has no verified address, for example after its erasure. */
    void update(WorkLease lease) {
        String customer = lease.item().id();
        Optional<VerifiedEmail> email =
                customers.accountOf(StripeBilling.PROVIDER, customer).flatMap(emails::findVerified);
        email.ifPresent(it -> send(customer, it, lease));
        queue.complete(lease);
    }

    private void send(String customer, VerifiedEmail email, WorkLease lease) {
        var params = CustomerUpdateParams.builder().setEmail(email.address()).build();
        // another address is another operation: it has its own time, and a later request its own version
        String operation = "customer-email-" + customer + "-" + lease.version() + "-"
                + email.claimedAt().toEpochMilli();
        try {
            var _ = keys.call(operation, key -> stripe.update(customer, params, key));
        } catch (StripeFailure failure) {
            if (failure.isRetryable() || stripe.exists(customer)) {
                throw failure;
            }
            // the customer has been deleted since, so that there is nothing to update
        }
    }
}
