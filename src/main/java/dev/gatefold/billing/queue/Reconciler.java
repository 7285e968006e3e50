package dev.gatefold.billing.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.stripe.model.Event;
import com.stripe.model.Subscription;
import dev.gatefold.billing.stripe.EventRouter;
import dev.gatefold.billing.stripe.PaymentReversals;
import dev.gatefold.billing.stripe.StripeApi;
import dev.gatefold.billing.stripe.StripeBilling;
import dev.gatefold.billing.stripe.StripeConfig;
import dev.gatefold.billing.stripe.StripeEventRef;
import dev.gatefold.billing.stripe.StripeFailure;
import dev.gatefold.billing.stripe.StripePages;
import dev.gatefold.billing.stripe.StripeTranslation;
import dev.gatefold.billing.stripe.SubscriptionSync;
import dev.gatefold.billing.stripe.WebhookIngest;
import dev.gatefold.kernel.Problem;
import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import dev.gatefold.platform.database.DatabaseOutage;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Compares everything with Stripe, and puts right what differs: at the start, on a timer, and when it is asked to. Events
 * are a shortcut; this is what makes their loss harmless.
 */
@Singleton
public class Reconciler {
    private static final int MOST_TOLD = 100;
    private static final int MOST_LOGGED = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final StripeApi stripe;
    private final SubscriptionSync sync;
    private final EventRouter tracing;
    private final PaymentReversals contests;
    private final SyncQueue dirty;
    private final Inbox inbox;
    private final WebhookIngest reception;
    private final BillingWorker worker;
    private final Subscriptions subscriptions;
    private final ReconciliationLease lease;
    private final DatabaseCircuitBreaker reach;
    private final StripeConfig config;
    private final BillingMetrics metrics;
    private final ObjectMapper json = new ObjectMapper();
    private final Clock clock;

    /** In nanoseconds of the machine's own counter: since then, somebody is to have compared. */
    private final long startedAt = System.nanoTime();

    private final Semaphore comparing = new Semaphore(1);
    private volatile boolean stopping;

    Reconciler(
            StripeApi stripe,
            SubscriptionSync sync,
            EventRouter tracing,
            PaymentReversals contests,
            SyncQueue dirty,
            Inbox inbox,
            WebhookIngest reception,
            BillingWorker worker,
            Subscriptions subscriptions,
            ReconciliationLease lease,
            DatabaseCircuitBreaker reach,
            StripeConfig config,
            BillingMetrics metrics,
            Clock clock) {
        this.stripe = stripe;
        this.sync = sync;
        this.tracing = tracing;
        this.contests = contests;
        this.dirty = dirty;
        this.inbox = inbox;
        this.reception = reception;
        this.worker = worker;
        this.subscriptions = subscriptions;
        this.lease = lease;
        this.reach = reach;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Looks often, so that a start of the service is soon followed by a comparison, by whichever of the replicas that
     * started together; the lease says whether it is time.
     */
    @Scheduled(every = "30s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void onTime() {
        Duration running = Duration.ofNanos(System.nanoTime() - startedAt);
        compareIfDue(running.compareTo(config.reconcileEvery()) < 0 ? running : config.reconcileEvery());
    }

    /** For a clock that was moved: compares if by that clock it was time to. */
    public void runIfElapsed(Duration passed) {
        if (passed.compareTo(config.reconcileEvery()) >= 0) {
            compareIfDue(Duration.ZERO);
        }
    }

    private void compareIfDue(Duration pause) {
        Optional<UUID> taken =
                stopping ? Optional.empty() : reach.callOrElse(() -> lease.acquire(pause), Optional::empty);
        if (taken.isEmpty()) {
            return;
        }
        try {
            ReconciliationReport report = compare(taken.get());
            inbox.deleteHandled(config.eventRetention());
            if (report.drift() > 0 || !report.failures().isEmpty()) {
                Log.warnf(
                        "Of %d subscriptions, %d were other than we knew, and now are not: %s; %d could not be compared: %s",
                        report.subscriptions(),
                        report.drift(),
                        report.repaired().stream().limit(MOST_LOGGED).toList(),
                        report.failures().size(),
                        report.failures().stream().limit(MOST_LOGGED).toList());
            }
        } catch (StripeFailure trouble) {
            Log.warnf("Nothing could be compared: %s", trouble.getMessage());
        }
    }

    /** Compares now; if somebody is comparing, when they have ended. */
    ReconciliationReport run() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<UUID> taken = lease.acquire(Duration.ZERO);
        while (taken.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw Problem.conflict(
                        "reconciliation-running",
                        "It is running already",
                        "Another comparison with Stripe is under way");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            taken = lease.acquire(Duration.ZERO);
        }
        try {
            return compare(taken.get());
        } catch (StripeFailure trouble) {
            throw trouble.toProblem();
        }
    }

    private ReconciliationReport compare(UUID taken) {
        comparing.acquireUninterruptibly();
        boolean finished = false;
        try {
            ReconciliationRun comparison = new ReconciliationRun(taken, clock.instant());
            comparison.all();
            comparison.thoseNotSeen();
            comparison.disputes();
            comparison.undeliveredEvents();
            inbox.reopenUnmatched();
            worker.drain();
            finished = !stopping;
            return comparison.report(clock.instant());
        } finally {
            lease.release(taken, finished);
            comparing.release();
        }
    }

    /** What is being compared is broken off, and left to another replica. */
    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        comparing.acquireUninterruptibly();
    }

    /** One run, and what it finds. */
    private final class ReconciliationRun {
        private final UUID taken;
        private final Instant startedAt;
        private final Set<String> seen = new HashSet<>();
        private final List<String> repaired = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();
        private int foreign;
        private int undelivered;

        ReconciliationRun(UUID taken, Instant startedAt) {
            this.taken = taken;
            this.startedAt = startedAt;
        }

        /** In whatever state, those that we have never seen included. */
        void all() {
            long[] fetch = new long[1];
            Stream<Subscription> listed = StripePages.stream(after -> {
                renew();
                fetch[0] = dirty.nextSyncNumber();
                return stripe.subscriptions(Optional.empty(), after);
            });
            listed.forEach(subscription -> {
                seen.add(subscription.getId());
                attempt(subscription.getId(), () -> Optional.of(sync.record(subscription, fetch[0])));
            });
        }

        private void renew() {
            if (!lease.renew(taken)) {
                throw new StripeFailure("Another replica has begun to compare meanwhile", true, false, null);
            }
        }

        /** A list that lacks one says nothing of it: it is asked for. */
        void thoseNotSeen() {
            QuarkusTransaction.requiringNew().call(() -> subscriptions.liveIds(StripeBilling.PROVIDER)).stream()
                    .filter(id -> !seen.contains(id))
                    .forEach(id -> attempt(id, () -> sync.syncIfUnleased(id)));
        }

        /** A subscription does not say that it is disputed what it was paid with. */
        void disputes() {
            try {
                StripePages.stream(stripe::disputes)
                        .filter(dispute -> dispute.getCharge() != null)
                        .filter(dispute -> contests.isDisputed(dispute.getCharge())
                                != (StripeTranslation.disputedAt(List.of(dispute)) != null))
                        .forEach(dispute -> look(dispute.getCharge()));
            } catch (StripeFailure trouble) {
                failures.add("Disputes: " + trouble.getMessage());
            }
        }

        private void look(String charge) {
            switch (tracing.routeCharge(charge)) {
                case EventRouter.EventRoute.ToSubscriptions(var subscriptions) ->
                    subscriptions.forEach(id -> attempt(id, () -> sync.syncIfUnleased(id)));
                case EventRouter.EventRoute.Unroutable _ -> {}
            }
        }

        private void attempt(String subscription, Supplier<Optional<SubscriptionSync.SyncResult>> comparison) {
            if (stopping) {
                throw new StripeFailure("The service ends; another replica will compare", true, false, null);
            }
            boolean expected = dirty.isPending(subscription);
            try {
                comparison.get().ifPresent(result -> note(subscription, result, expected));
            } catch (StripeFailure trouble) {
                failures.add(subscription + ": " + trouble.getMessage());
            } catch (RuntimeException e) {
                if (DatabaseOutage.isCauseOf(e)) {
                    throw e;
                }
                Log.errorf(e, "Subscription %s cannot be compared", subscription);
                failures.add(subscription + ": " + e.getClass().getSimpleName());
            }
        }

        /** What is known to have changed, and is being fetched anyway, has not drifted. */
        private void note(String subscription, SubscriptionSync.SyncResult result, boolean expected) {
            switch (result.outcome()) {
                case UNMATCHED, IGNORED -> foreign++;
                case APPLIED -> {
                    if (!expected) {
                        repaired.add(subscription);
                        metrics.countDrift();
                    }
                }
                case DUPLICATE, STALE, FAILED -> {}
            }
        }

        void undeliveredEvents() {
            try {
                StripePages.stream(stripe::undeliveredEvents).forEach(this::takeIn);
            } catch (StripeFailure trouble) {
                failures.add("Undelivered events: " + trouble.getMessage());
            }
        }

        private void takeIn(Event event) {
            try {
                String body = event.toJson();
                StripeEventRef doorbell = StripeTranslation.eventRef(json.readTree(body));
                if (reception.ingest(doorbell, body.getBytes(StandardCharsets.UTF_8))) {
                    undelivered++;
                }
            } catch (JsonProcessingException | IllegalArgumentException e) {
                failures.add("Event " + event.getId() + " cannot be read");
            }
        }

        ReconciliationReport report(Instant finishedAt) {
            return new ReconciliationReport(
                    startedAt,
                    finishedAt,
                    seen.size(),
                    foreign,
                    repaired.size(),
                    repaired.stream().limit(MOST_TOLD).toList(),
                    undelivered,
                    failures.stream().limit(MOST_TOLD).toList());
        }
    }
}
