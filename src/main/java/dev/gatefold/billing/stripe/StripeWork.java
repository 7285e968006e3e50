package dev.gatefold.billing.stripe;

import dev.gatefold.billing.queue.EventRoute;
import dev.gatefold.billing.queue.InboxEvent;
import dev.gatefold.billing.queue.ProviderWork;
import dev.gatefold.billing.queue.ReconciliationRun;
import dev.gatefold.billing.queue.SyncResult;
import dev.gatefold.billing.queue.WorkLease;
import jakarta.inject.Singleton;

/** Executes queued work at Stripe. */
@Singleton
class StripeWork implements ProviderWork {
    private final StripeConfig config;
    private final StripeThrottle throttle;
    private final EventRouter router;
    private final SubscriptionSync sync;
    private final CustomerUpdate customers;
    private final StripeReconciliation reconciliation;

    StripeWork(
            StripeConfig config,
            StripeThrottle throttle,
            EventRouter router,
            SubscriptionSync sync,
            CustomerUpdate customers,
            StripeReconciliation reconciliation) {
        this.config = config;
        this.throttle = throttle;
        this.router = router;
        this.sync = sync;
        this.customers = customers;
        this.reconciliation = reconciliation;
    }

    @Override
    public int concurrency() {
        return config.concurrency();
    }

    @Override
    public boolean isPaused() {
        return throttle.isPaused();
    }

    @Override
    public EventRoute route(InboxEvent event) {
        return router.route(event);
    }

    @Override
    public SyncResult sync(WorkLease lease) {
        return sync.sync(lease);
    }

    @Override
    public void updateCustomer(WorkLease lease) {
        customers.update(lease);
    }

    @Override
    public void reconcile(ReconciliationRun run) {
        reconciliation.reconcile(run);
    }
}
