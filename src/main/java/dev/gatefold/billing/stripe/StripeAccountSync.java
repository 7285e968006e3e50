package dev.gatefold.billing.stripe;

import com.stripe.model.Customer;
import dev.gatefold.billing.customer.BillingCustomers;
import dev.gatefold.billing.queue.WorkQueue;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Fetches and records all subscriptions of an account's customers. */
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

    /** Syncs an account at all its customers. Does nothing if it has no customer at Stripe. */
    void sync(UUID account) {
        customersOf(account).forEach(customer -> sync(account, customer));
    }

    /** Returns the linked customers, and those who were named by a subscription before the customer was linked. */
    private Set<String> customersOf(UUID account) {
        Set<String> known = new LinkedHashSet<>(customers.liveOf(StripeBilling.PROVIDER, account));
        recorded(account).stream()
                .filter(subscription -> subscription.status().isLive())
                .map(Subscription::customer)
                .filter(Objects::nonNull)
                .forEach(known::add);
        return known;
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
            recorded(account).stream()
                    .filter(subscription -> isOf(customer, subscription))
                    .forEach(subscription -> sync.syncNow(subscription.id()));
        }
    }

    private boolean hasLiveSubscription(UUID account) {
        return recorded(account).stream()
                .anyMatch(subscription -> subscription.status().isLive());
    }

    private static boolean isOf(String customer, Subscription subscription) {
        return subscription.customer() == null || subscription.customer().equals(customer);
    }

    private List<Subscription> recorded(UUID account) {
        return QuarkusTransaction.requiringNew().call(() -> subscriptions.ofAccount(StripeBilling.PROVIDER, account));
    }
}
