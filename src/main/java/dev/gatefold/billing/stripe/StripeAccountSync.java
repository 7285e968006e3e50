package dev.gatefold.billing.stripe;

import com.stripe.model.Customer;
import dev.gatefold.billing.customer.BillingCustomers;
import dev.gatefold.billing.queue.WorkQueue;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Fetches and records all subscriptions of an account's customer. */
@Singleton
class StripeAccountSync {
    private final StripeCustomerApi stripe;
    private final StripeSubscriptionApi stripeSubscriptions;
    private final BillingCustomers customers;
    private final SubscriptionRecorder recorder;
    private final SubscriptionSync sync;
    private final WorkQueue queue;
    private final Subscriptions subscriptions;
    private final Clock clock;

    StripeAccountSync(
            StripeCustomerApi stripe,
            StripeSubscriptionApi stripeSubscriptions,
            BillingCustomers customers,
            SubscriptionRecorder recorder,
            SubscriptionSync sync,
            WorkQueue queue,
            Subscriptions subscriptions,
            Clock clock) {
        this.stripe = stripe;
        this.stripeSubscriptions = stripeSubscriptions;
        this.customers = customers;
        this.recorder = recorder;
        this.sync = sync;
        this.queue = queue;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /** Syncs an account. Does nothing if it has no customer at Stripe. */
    void sync(UUID account) {
        customers.currentOf(StripeBilling.PROVIDER, account).ifPresent(customer -> sync(account, customer));
    }

    private void sync(UUID account, String customer) {
        Optional<Customer> found = stripe.find(customer);
        if (found.isEmpty() && hasLiveSubscription(account)) {
            Log.error("Stripe does not know the customer of a live subscription: is the API key of another account?");
            throw new StripeFailure("Stripe does not know the customer", true, false, null);
        }
        if (found.filter(it -> !StripeCustomerApi.isDeleted(it)).isPresent()) {
            long syncNumber = queue.nextSyncNumber();
            StripePages.stream(after -> stripeSubscriptions.list(Optional.of(customer), after))
                    .forEach(subscription -> recorder.recordListed(subscription, syncNumber));
        } else {
            customers.markDeleted(StripeBilling.PROVIDER, customer, clock.instant());
            QuarkusTransaction.requiringNew()
                    .call(() -> subscriptions.ofAccount(StripeBilling.PROVIDER, account))
                    .forEach(subscription -> sync.syncNow(subscription.id()));
        }
    }

    private boolean hasLiveSubscription(UUID account) {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        !subscriptions.liveOf(StripeBilling.PROVIDER, account).isEmpty());
    }
}
