package dev.gatefold.billing.stripe;

import dev.gatefold.billing.customer.BillingCustomers;
import dev.gatefold.billing.queue.EventDependencies;
import dev.gatefold.billing.queue.SyncResult;
import dev.gatefold.billing.queue.WorkItem;
import dev.gatefold.billing.queue.WorkLease;
import dev.gatefold.billing.queue.WorkQueue;
import dev.gatefold.billing.stripe.SubscriptionRecorder.FetchedSubscription;
import dev.gatefold.subscriptions.model.SubscriptionKey;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Fetches a subscription from Stripe and records it. */
@Singleton
class SubscriptionSync {
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private final StripeSubscriptionApi stripe;
    private final StripeCustomerApi stripeCustomers;
    private final SubscriptionRecorder recorder;
    private final WorkQueue queue;
    private final EventDependencies dependencies;
    private final BillingCustomers customers;
    private final Subscriptions subscriptions;

    SubscriptionSync(
            StripeSubscriptionApi stripe,
            StripeCustomerApi stripeCustomers,
            SubscriptionRecorder recorder,
            WorkQueue queue,
            EventDependencies dependencies,
            BillingCustomers customers,
            Subscriptions subscriptions) {
        this.stripe = stripe;
        this.stripeCustomers = stripeCustomers;
        this.recorder = recorder;
        this.queue = queue;
        this.dependencies = dependencies;
        this.customers = customers;
        this.subscriptions = subscriptions;
    }

    /**
     * Fetches the leased subscription. One transaction, begun after Stripe has answered, records the state, replaces the
     * entitlements, concludes the waiting events and completes the lease.
     */
    SyncResult sync(WorkLease lease) {
        String id = lease.item().id();
        Optional<FetchedSubscription> fetched = stripe.find(id).map(recorder::complete);
        if (fetched.isEmpty()) {
            requireSameStripeAccount(id);
        }
        return QuarkusTransaction.requiringNew().call(() -> {
            SyncResult result = fetched.map(it -> recorder.record(it, lease.syncNumber()))
                    .orElseGet(() -> recorder.recordMissing(id, lease.syncNumber()));
            dependencies.conclude(lease, result);
            queue.complete(lease);
            return result;
        });
    }

    /**
     * Syncs a subscription. Returns when a sync that began after this call is recorded, by this thread or by another worker.
     *
     * @throws StripeFailure if another worker holds the lease for longer than five seconds
     */
    void syncNow(String subscription) {
        WorkItem item = item(subscription);
        long version = queue.request(item);
        long deadline = System.nanoTime() + MAX_WAIT.toNanos();
        while (!queue.isDone(item, version)) {
            Optional<WorkLease> lease = queue.lease(item);
            if (lease.isPresent()) {
                var _ = syncOrReturnLease(lease.get());
            } else if (System.nanoTime() - deadline > 0) {
                throw new StripeFailure("Another worker has been syncing the subscription too long", true, false, null);
            } else {
                LockSupport.parkNanos(POLL_INTERVAL.toNanos());
            }
        }
    }

    /** Syncs a subscription, or returns empty if another worker is syncing it. */
    Optional<SyncResult> syncIfUnleased(String subscription) {
        WorkItem item = item(subscription);
        queue.request(item);
        return queue.lease(item).map(this::syncOrReturnLease);
    }

    private SyncResult syncOrReturnLease(WorkLease lease) {
        try {
            return sync(lease);
        } catch (RuntimeException e) {
            queue.retryLater(lease, Duration.ZERO, e.getClass().getSimpleName());
            throw e;
        }
    }

    private static WorkItem item(String subscription) {
        return WorkItem.subscription(StripeBilling.PROVIDER, subscription);
    }

    /**
     * Requires that Stripe knows the subscription's customer. With the API key of another Stripe account nothing would be
     * found, and every reader would lose access.
     */
    private void requireSameStripeAccount(String subscription) {
        Optional<String> customer = QuarkusTransaction.requiringNew()
                .call(() -> subscriptions.findByIdOptional(new SubscriptionKey(StripeBilling.PROVIDER, subscription)))
                .flatMap(it -> customers.currentOf(StripeBilling.PROVIDER, it.account()));
        if (customer.isPresent() && stripeCustomers.find(customer.get()).isEmpty()) {
            throw new StripeFailure(
                    "Stripe knows neither the subscription nor its customer: is the API key of another account?",
                    false,
                    false,
                    null);
        }
    }
}
