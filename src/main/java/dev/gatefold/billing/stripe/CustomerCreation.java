package dev.gatefold.billing.stripe;

import com.stripe.param.CustomerCreateParams;
import dev.gatefold.accounts.account.AccountEmails;
import dev.gatefold.accounts.account.AccountEmails.VerifiedEmail;
import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.billing.customer.BillingCustomers;
import dev.gatefold.billing.queue.WorkItem;
import dev.gatefold.billing.queue.WorkQueue;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Creates the Stripe customer of an account, with the e-mail address if the issuer has verified it. */
@Singleton
class CustomerCreation {
    private final StripeCustomerApi stripe;
    private final Accounts accounts;
    private final AccountEmails emails;
    private final BillingCustomers customers;
    private final StripeIdempotencyKeys keys;
    private final WorkQueue queue;
    private final Clock clock;

    CustomerCreation(
            StripeCustomerApi stripe,
            Accounts accounts,
            AccountEmails emails,
            BillingCustomers customers,
            StripeIdempotencyKeys keys,
            WorkQueue queue,
            Clock clock) {
        this.stripe = stripe;
        this.accounts = accounts;
        this.emails = emails;
        this.customers = customers;
        this.keys = keys;
        this.queue = queue;
        this.clock = clock;
    }

    /** Returns the id of the account's live customer; creates one if there is none. */
    String findOrCreate(UUID account) {
        return customers.currentOf(StripeBilling.PROVIDER, account).orElseGet(() -> createAndLink(account));
    }

    private String createAndLink(UUID account) {
        Optional<VerifiedEmail> email = emails.findVerified(account);
        String customer = create(account, email);
        if (!link(account, customer, email)) {
            // the account was erased during the request, and nothing else would delete the address at Stripe
            stripe.delete(customer);
            customers.markDeleted(StripeBilling.PROVIDER, customer, clock.instant());
            return customer;
        }
        // a concurrent request may have linked another customer first
        return customers.currentOf(StripeBilling.PROVIDER, account).orElse(customer);
    }

    private String create(UUID account, Optional<VerifiedEmail> email) {
        String operation = "customer-" + account + "-" + customers.countDeleted(StripeBilling.PROVIDER, account);
        if (email.isEmpty()) {
            return create(account, Optional.empty(), operation);
        }
        try {
            // Stripe rejects a repeated key with other parameters, so another address has another key
            return create(
                    account, email, operation + "-" + email.get().claimedAt().toEpochMilli());
        } catch (StripeFailure failure) {
            if (failure.isRetryable() || !failure.isResponse()) {
                throw failure;
            }
            Log.warnf("Stripe rejects the e-mail address of account %s; its customer has none", account);
            return create(account, Optional.empty(), operation);
        }
    }

    private String create(UUID account, Optional<VerifiedEmail> email, String operation) {
        var params = CustomerCreateParams.builder().putMetadata(CustomerAccounts.METADATA, account.toString());
        email.ifPresent(it -> params.setEmail(it.address()));
        return keys.call(operation, key -> stripe.create(params.build(), key)).getId();
    }

    /**
     * Links the customer, and requests its update if a sign-in has changed the address. The lock on the account makes a
     * concurrent sign-in find the customer, or this method find the new address.
     *
     * @return false if the account has been erased
     */
    private boolean link(UUID account, String customer, Optional<VerifiedEmail> sent) {
        return QuarkusTransaction.requiringNew().call(() -> {
            boolean isActive = accounts.lockShared(account);
            customers.link(StripeBilling.PROVIDER, customer, account);
            if (isActive && !emails.findVerified(account).equals(sent)) {
                queue.request(WorkItem.customer(StripeBilling.PROVIDER, customer));
            }
            return isActive;
        });
    }
}
