package dev.gatefold.billing;

import dev.gatefold.subscriptions.Subscription;
import dev.gatefold.subscriptions.Subscriptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Has Stripe delete the customer that an account is there. Its subscriptions end with it, at once. */
@Singleton
class Deletion {
    private final StripeApi stripe;
    private final Customers customers;
    private final Sync sync;
    private final Subscriptions subscriptions;
    private final Clock clock;

    Deletion(StripeApi stripe, Customers customers, Sync sync, Subscriptions subscriptions, Clock clock) {
        this.stripe = stripe;
        this.customers = customers;
        this.sync = sync;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /** False where Stripe does not say that it is done; what it says is recorded. */
    boolean delete(UUID account) {
        Optional<String> customer = customers.of(account);
        if (customer.isPresent() && !delete(customer.get())) {
            return false;
        }
        live(account).forEach(subscription -> {
            stripe.cancel(subscription.id());
            sync.now(subscription.id());
        });
        // what went on under another customer, which should not be, has made that one known
        return customers.of(account).isEmpty() ? live(account).isEmpty() : delete(account);
    }

    /** That Stripe has no such customer is no confirmation: with the key of another account it would have none at all. */
    private boolean delete(String customer) {
        stripe.delete(customer);
        boolean gone = stripe.customer(customer)
                .filter(it -> !StripeTranslation.isThere(it))
                .isPresent();
        if (gone) {
            customers.deleted(customer, clock.instant());
        }
        return gone;
    }

    private List<Subscription> live(UUID account) {
        return QuarkusTransaction.requiringNew().call(() -> subscriptions.allLiveOf(account));
    }
}
