package dev.gatefold.billing.queue;

import dev.gatefold.kernel.Problem;
import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Compares all subscriptions with the billing provider and records what differs: after start-up, at regular intervals and on
 * request. It makes lost events harmless.
 */
@Singleton
public class Reconciler {
    private static final int MAX_LOGGED = 5;
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final ProviderWork provider;
    private final WorkQueue queue;
    private final Inbox inbox;
    private final BillingWorker worker;
    private final ReconciliationLease lease;
    private final DatabaseCircuitBreaker database;
    private final BillingConfig config;
    private final BillingMetrics metrics;
    private final Clock clock;

    /** {@link System#nanoTime} at start-up. */
    private final long startedAt = System.nanoTime();

    private final Semaphore running = new Semaphore(1);
    private volatile boolean stopping;

    Reconciler(
            ProviderWork provider,
            WorkQueue queue,
            Inbox inbox,
            BillingWorker worker,
            ReconciliationLease lease,
            DatabaseCircuitBreaker database,
            BillingConfig config,
            BillingMetrics metrics,
            Clock clock) {
        this.provider = provider;
        this.queue = queue;
        this.inbox = inbox;
        this.worker = worker;
        this.lease = lease;
        this.database = database;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Runs a reconciliation if one is due. The pause since the last run is the interval, or the uptime if that is shorter:
     * so a start is soon followed by one run, also if several replicas start together.
     */
    @Scheduled(every = "30s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void runOnSchedule() {
        Duration uptime = Duration.ofNanos(System.nanoTime() - startedAt);
        runIfDue(uptime.compareTo(config.reconcileEvery()) < 0 ? uptime : config.reconcileEvery());
    }

    /** Runs a reconciliation if a clock that was moved by this duration has passed the interval. For the sandbox. */
    public void runIfElapsed(Duration passed) {
        if (passed.compareTo(config.reconcileEvery()) >= 0) {
            runIfDue(Duration.ZERO);
        }
    }

    private void runIfDue(Duration pause) {
        Optional<UUID> acquired =
                stopping ? Optional.empty() : database.callOrElse(() -> lease.acquire(pause), Optional::empty);
        if (acquired.isEmpty()) {
            return;
        }
        try {
            ReconciliationReport report = reconcile(acquired.get());
            inbox.deleteHandled(config.eventRetention());
            warnAbout(report);
        } catch (ProviderFailure failure) {
            Log.warnf("Reconciliation failed and will be repeated: %s", failure.getMessage());
        }
    }

    private static void warnAbout(ReconciliationReport report) {
        if (report.drift() > 0 || !report.failures().isEmpty()) {
            Log.warnf(
                    "Reconciliation compared %d subscriptions. %d had changed without an event and are recorded now: %s. "
                            + "%d comparisons failed: %s",
                    report.subscriptions(),
                    report.drift(),
                    report.repaired().stream().limit(MAX_LOGGED).toList(),
                    report.failures().size(),
                    report.failures().stream().limit(MAX_LOGGED).toList());
        }
    }

    /** Runs a reconciliation now. If one is running, waits up to 30 seconds for its end, then throws 409. */
    ReconciliationReport run() {
        long deadline = System.nanoTime() + MAX_WAIT.toNanos();
        Optional<UUID> acquired = lease.acquire(Duration.ZERO);
        while (acquired.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw Problem.conflict(
                        "reconciliation-running",
                        "Reconciliation already running",
                        "Another reconciliation is running; try again in a minute");
            }
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
            acquired = lease.acquire(Duration.ZERO);
        }
        try {
            return reconcile(acquired.get());
        } catch (ProviderFailure failure) {
            throw failure.isRetryable() ? Problem.unavailable("payment provider") : failure;
        }
    }

    private ReconciliationReport reconcile(UUID acquired) {
        running.acquireUninterruptibly();
        boolean finished = false;
        try {
            ReconciliationRun run =
                    new ReconciliationRun(clock.instant(), queue, metrics, () -> lease.renew(acquired), () -> stopping);
            provider.reconcile(run);
            inbox.reopenUnmatched();
            worker.drain();
            finished = !stopping;
            return run.report(clock.instant());
        } finally {
            try {
                lease.release(acquired, finished);
            } finally {
                // Also if the database is unavailable: the shutdown waits for this permit.
                running.release();
            }
        }
    }

    /** Stops a running reconciliation after the current subscription. Another replica starts over. */
    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        running.acquireUninterruptibly();
    }
}
