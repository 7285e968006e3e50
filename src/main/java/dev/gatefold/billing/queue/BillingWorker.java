package dev.gatefold.billing.queue;

import dev.gatefold.billing.stripe.EventRouter;
import dev.gatefold.billing.stripe.StripeConfig;
import dev.gatefold.billing.stripe.StripeFailure;
import dev.gatefold.billing.stripe.StripeThrottle;
import dev.gatefold.billing.stripe.SubscriptionSync;
import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import dev.gatefold.platform.database.DatabaseOutage;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Handles what has come in: traces events to subscriptions, and fetches subscriptions that may have changed. On every
 * replica, several at once; woken by each event, and once a second for what others have left.
 */
@Singleton
public class BillingWorker {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final Inbox inbox;
    private final SyncQueue dirty;
    private final EventRouter tracing;
    private final SubscriptionSync sync;
    private final StripeThrottle pace;
    private final DatabaseCircuitBreaker reach;
    private final StripeConfig config;
    private final BillingMetrics metrics;
    private final BillingSpans spans;
    private final Semaphore hands;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean stopping;

    BillingWorker(
            Inbox inbox,
            SyncQueue dirty,
            EventRouter tracing,
            SubscriptionSync sync,
            StripeThrottle pace,
            DatabaseCircuitBreaker reach,
            StripeConfig config,
            BillingMetrics metrics,
            BillingSpans spans) {
        this.inbox = inbox;
        this.dirty = dirty;
        this.tracing = tracing;
        this.sync = sync;
        this.pace = pace;
        this.reach = reach;
        this.config = config;
        this.metrics = metrics;
        this.spans = spans;
        this.hands = new Semaphore(config.concurrency());
    }

    /** Has somebody look, if anybody is free. */
    @Scheduled(every = "1s")
    public void wake() {
        if (!stopping && hands.tryAcquire()) {
            threads.execute(() -> {
                try {
                    workUntilNothingIsDue();
                } finally {
                    hands.release();
                }
            });
        }
    }

    private void workUntilNothingIsDue() {
        try {
            while (!stopping && one()) {
                // and the next
            }
        } catch (RuntimeException e) {
            if (!DatabaseOutage.isCauseOf(e)) {
                Log.error("A worker stopped; its work is done again when its lease ends", e);
            }
        }
    }

    /** Returns when nothing is due any more, or after half a minute. What waits for a pause to end is not due. */
    public void drain() {
        long deadline = System.nanoTime() + LONGEST_SETTLING.toNanos();
        while (!stopping && reach.callOrElse(this::isBusy, () -> false) && System.nanoTime() - deadline < 0) {
            if (!one()) {
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }

    private boolean isBusy() {
        return inbox.hasWork() || dirty.hasWork();
    }

    /** Does one thing; false where there was none to do. */
    private boolean one() {
        if (pace.isPaused()) {
            return false;
        }
        // only this much is asked of the database under its watch: Stripe, asked in between, may take its time
        Optional<Inbox.LeasedEvent> event = reach.callOrElse(inbox::leaseNext, Optional::empty);
        event.ifPresent(it -> spans.runLinked("route event", it.event(), traces(it), () -> trace(it)));
        if (event.isPresent()) {
            return true;
        }
        Optional<SyncQueue.SyncLease> lease = reach.callOrElse(dirty::leaseNext, Optional::empty);
        lease.ifPresent(
                it -> spans.runLinked("sync subscription", it.subscription(), it.traceparents(), () -> fetch(it)));
        return lease.isPresent();
    }

    private static List<String> traces(Inbox.LeasedEvent event) {
        return Stream.ofNullable(event.traceparent()).toList();
    }

    private void trace(Inbox.LeasedEvent event) {
        try {
            expectingTrouble(() -> follow(event, tracing.route(event)));
        } catch (StripeFailure trouble) {
            BillingSpans.recordFailure(trouble);
            if (isWorthTrying(trouble, event.attempts())) {
                inbox.retryLater(event.event(), pause(event.attempts()), trouble.getMessage());
            } else {
                Log.errorf(trouble, "Event %s cannot be handled", event.event());
                conclude(event, InboxOutcome.FAILED, trouble.getMessage());
            }
        }
    }

    private void follow(Inbox.LeasedEvent event, EventRouter.EventRoute trace) {
        switch (trace) {
            case EventRouter.EventRoute.ToSubscriptions(var subscriptions) ->
                QuarkusTransaction.requiringNew()
                        .run(() -> subscriptions.forEach(it -> inbox.awaitSync(event.event(), it)));
            case EventRouter.EventRoute.Unroutable(var outcome, var why) -> conclude(event, outcome, why);
        }
    }

    private void conclude(Inbox.LeasedEvent event, InboxOutcome outcome, String why) {
        inbox.conclude(event.event(), outcome, why);
        concluded(outcome);
    }

    private void concluded(InboxOutcome outcome) {
        metrics.countOutcome(outcome);
        BillingSpans.recordOutcome(outcome);
    }

    private void fetch(SyncQueue.SyncLease lease) {
        try {
            expectingTrouble(() -> concluded(sync.sync(lease).outcome()));
        } catch (StripeFailure trouble) {
            BillingSpans.recordFailure(trouble);
            if (isWorthTrying(trouble, lease.attempts() + 1)) {
                dirty.retryLater(lease, pause(lease.attempts()), trouble.getMessage());
            } else {
                Log.errorf(trouble, "Subscription %s cannot be fetched", lease.subscription());
                giveUp(lease, trouble.getMessage());
            }
        }
    }

    /** What nobody has thought of is trouble too, and must not be tried for ever; a database that is away is not. */
    private static void expectingTrouble(Runnable work) {
        try {
            work.run();
        } catch (StripeFailure trouble) {
            throw trouble;
        } catch (RuntimeException e) {
            if (DatabaseOutage.isCauseOf(e)) {
                throw e;
            }
            throw new StripeFailure(
                    "It could not be understood: " + e.getClass().getSimpleName(), false, false, e);
        }
    }

    /** What would not pass is left for an operator; what we knew stays as it was. */
    private void giveUp(SyncQueue.SyncLease lease, String why) {
        QuarkusTransaction.requiringNew().run(() -> {
            inbox.concludeWaiting(lease.subscription(), lease.requestedVersion(), InboxOutcome.FAILED, why, null);
            dirty.complete(lease);
        });
        concluded(InboxOutcome.FAILED);
    }

    private boolean isWorthTrying(StripeFailure trouble, int attempts) {
        return trouble.isRetryable() || attempts < config.maxAttempts();
    }

    /** Twice as long each time, and never the same for two who failed together. */
    private Duration pause(int attempts) {
        long doubled = FIRST_PAUSE.toMillis() << Math.min(attempts, 20);
        long bounded = Math.min(doubled, config.maxRetryDelay().toMillis());
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(bounded / 2, bounded + 1));
    }

    /** What is under way is finished; what is not begun is somebody else's. */
    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        threads.close();
    }
}
