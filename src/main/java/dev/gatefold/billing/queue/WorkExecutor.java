package dev.gatefold.billing.queue;

import dev.gatefold.platform.database.DatabaseOutage;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Executes one leased item and records its outcome, or schedules another attempt. */
@Singleton
class WorkExecutor {
    private final WorkQueue queue;
    private final Inbox inbox;
    private final EventDependencies dependencies;
    private final ProviderWork provider;
    private final RetryPolicy retries;
    private final BillingMetrics metrics;
    private final BillingSpans spans;

    WorkExecutor(
            WorkQueue queue,
            Inbox inbox,
            EventDependencies dependencies,
            ProviderWork provider,
            RetryPolicy retries,
            BillingMetrics metrics,
            BillingSpans spans) {
        this.queue = queue;
        this.inbox = inbox;
        this.dependencies = dependencies;
        this.provider = provider;
        this.retries = retries;
        this.metrics = metrics;
        this.spans = spans;
    }

    /** Executes an item. Failures of the provider are handled here; a database outage is rethrown. */
    void execute(WorkLease lease) {
        String spanName = switch (lease.item().kind()) {
            case EVENT -> "route event";
            case SUBSCRIPTION -> "sync subscription";
            case CUSTOMER -> "update customer";
        };
        spans.runLinked(spanName, lease.item().id(), lease.traceparents(), () -> executeOrRetry(lease));
    }

    private void executeOrRetry(WorkLease lease) {
        try {
            wrapUnexpected(() -> {
                switch (lease.item().kind()) {
                    case EVENT -> route(lease);
                    case SUBSCRIPTION -> recordOutcome(provider.sync(lease).outcome());
                    case CUSTOMER -> provider.updateCustomer(lease);
                }
            });
        } catch (ProviderFailure failure) {
            BillingSpans.recordFailure(failure);
            if (retries.shouldRetry(failure, lease)) {
                queue.retryLater(lease, retries.delayAfter(lease), failure.getMessage());
            } else {
                giveUp(lease, failure);
            }
        }
    }

    private void route(WorkLease lease) {
        Optional<InboxEvent> event = inbox.findPending(lease.item());
        if (event.isEmpty()) {
            queue.complete(lease);
            return;
        }
        switch (provider.route(event.get())) {
            case EventRoute.ToSubscriptions(var subscriptions) ->
                QuarkusTransaction.requiringNew().run(() -> {
                    subscriptions.forEach(it -> dependencies.await(
                            lease.item().provider(), lease.item().id(), it));
                    queue.complete(lease);
                });
            case EventRoute.Unroutable(var outcome, var detail) -> {
                QuarkusTransaction.requiringNew().run(() -> {
                    inbox.conclude(lease.item(), outcome, detail);
                    queue.complete(lease);
                });
                recordOutcome(outcome);
            }
        }
    }

    /** Treats unexpected exceptions as non-retryable failures. Database outages are rethrown. */
    private static void wrapUnexpected(Runnable work) {
        try {
            work.run();
        } catch (ProviderFailure failure) {
            throw failure;
        } catch (RuntimeException e) {
            if (DatabaseOutage.isCauseOf(e)) {
                throw e;
            }
            throw new ProviderFailure("Unexpected " + e.getClass().getSimpleName(), false, e);
        }
    }

    /** Marks the item as done and the events concerned as failed. Recorded subscriptions stay as they are. */
    private void giveUp(WorkLease lease, ProviderFailure failure) {
        Log.errorf(failure, "Giving up on %s after %d attempts", lease.item(), lease.attempts());
        QuarkusTransaction.requiringNew().run(() -> {
            switch (lease.item().kind()) {
                case EVENT -> inbox.conclude(lease.item(), InboxOutcome.FAILED, failure.getMessage());
                case SUBSCRIPTION ->
                    dependencies.conclude(lease, new SyncResult(InboxOutcome.FAILED, failure.getMessage(), null));
                case CUSTOMER -> {
                    // no event waits for it
                }
            }
            queue.complete(lease);
        });
        recordOutcome(InboxOutcome.FAILED);
    }

    private void recordOutcome(InboxOutcome outcome) {
        metrics.countOutcome(outcome);
        BillingSpans.recordOutcome(outcome);
    }
}
