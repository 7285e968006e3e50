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

/** Has Stripe delete the customer that an account is there. Its subscriptions end with it, at once. */
@Singleton
class CustomerDeletion {
    private final StripeApi stripe;
    private final BillingCustomers customers;
    private final SubscriptionSync sync;
    private final Subscriptions subscriptions;
    private final Clock clock;

    CustomerDeletion(
            StripeApi stripe,
            BillingCustomers customers,
            SubscriptionSync sync,
            Subscriptions subscriptions,
            Clock clock) {
        this.stripe = stripe;
        this.customers = customers;
        this.sync = sync;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /** False where Stripe does not say that it is done; what it says is recorded. */
    boolean delete(UUID account) {
        Optional<String> customer = customers.currentOf(account);
        if (customer.isPresent() && !delete(customer.get())) {
            return false;
        }
        live(account).forEach(subscription -> {
            stripe.cancelSubscription(subscription.id());
            sync.syncNow(subscription.id());
        });
        // what went on under another customer, which should not be, has made that one known
        return customers.currentOf(account).isEmpty() ? live(account).isEmpty() : delete(account);
    }

    /** That Stripe has no such customer is no confirmation: with the key of another account it would have none at all. */
    private boolean delete(String customer) {
        stripe.deleteCustomer(customer);
        boolean gone = stripe.customer(customer)
                .filter(it -> !StripeTranslation.isNotDeleted(it))
                .isPresent();
        if (gone) {
            customers.markDeleted(customer, clock.instant());
        }
        return gone;
    }

    private List<Subscription> live(UUID account) {
        return QuarkusTransaction.requiringNew().call(() -> subscriptions.liveOf(StripeBilling.PROVIDER, account));
    }
}
