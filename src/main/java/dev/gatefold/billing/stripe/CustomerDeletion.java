package dev.gatefold.billing.stripe;

import dev.gatefold.billing.customer.BillingCustomers;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Deletes the Stripe customer of an account, which ends its subscriptions immediately. */
@Singleton
class CustomerDeletion {
    private final StripeCustomerApi stripe;
    private final StripeSubscriptionApi stripeSubscriptions;
    private final BillingCustomers customers;
    private final SubscriptionSync sync;
    private final Subscriptions subscriptions;
    private final Clock clock;

    CustomerDeletion(
            StripeCustomerApi stripe,
            StripeSubscriptionApi stripeSubscriptions,
            BillingCustomers customers,
            SubscriptionSync sync,
            Subscriptions subscriptions,
            Clock clock) {
        this.stripe = stripe;
        this.stripeSubscriptions = stripeSubscriptions;
        this.customers = customers;
        this.sync = sync;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /** Deletes the customer and records the ended subscriptions. Returns false if Stripe does not confirm the deletion. */
    boolean delete(UUID account) {
        Optional<String> customer = customers.currentOf(StripeBilling.PROVIDER, account);
        if (customer.isPresent() && !deleteCustomer(customer.get())) {
            return false;
        }
        live(account).forEach(subscription -> {
            stripeSubscriptions.cancel(subscription.id());
            sync.syncNow(subscription.id());
        });
        // the syncs may have found another customer of the account, which is deleted next
        return customers.currentOf(StripeBilling.PROVIDER, account).isEmpty()
                ? live(account).isEmpty()
                : delete(account);
    }

    /** Requires a deleted customer as proof. A missing one proves nothing: the API key may be of another account. */
    private boolean deleteCustomer(String customer) {
        stripe.delete(customer);
        boolean deleted =
                stripe.find(customer).filter(StripeCustomerApi::isDeleted).isPresent();
        if (deleted) {
            customers.markDeleted(StripeBilling.PROVIDER, customer, clock.instant());
        }
        return deleted;
    }

    private List<Subscription> live(UUID account) {
        return QuarkusTransaction.requiringNew().call(() -> subscriptions.liveOf(StripeBilling.PROVIDER, account));
    }
}
