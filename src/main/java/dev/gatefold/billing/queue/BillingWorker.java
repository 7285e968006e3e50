package dev.gatefold.billing.queue;

import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import dev.gatefold.platform.database.DatabaseOutage;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs queued billing work on every replica, several items at a time. A worker starts with each webhook, and once a second
 * for work that another replica left.
 */
@Singleton
public class BillingWorker {
    private static final Duration MAX_DRAIN_TIME = Duration.ofSeconds(30);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

    private final WorkQueue queue;
    private final WorkExecutor executor;
    private final ProviderWork provider;
    private final DatabaseCircuitBreaker database;
    private final Semaphore permits;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean stopping;

    BillingWorker(WorkQueue queue, WorkExecutor executor, ProviderWork provider, DatabaseCircuitBreaker database) {
        this.queue = queue;
        this.executor = executor;
        this.provider = provider;
        this.database = database;
        this.permits = new Semaphore(provider.concurrency());
    }

    /** Starts a worker in the background, unless the maximum number of workers is running. */
    @Scheduled(every = "1s")
    public void wake() {
        if (!stopping && permits.tryAcquire()) {
            threads.execute(() -> {
                try {
                    runUntilNothingIsDue();
                } finally {
                    permits.release();
                }
            });
        }
    }

    private void runUntilNothingIsDue() {
        try {
            boolean found = true;
            while (!stopping && found) {
                found = runNext();
            }
        } catch (RuntimeException e) {
            if (!DatabaseOutage.isCauseOf(e)) {
                Log.error("A billing worker failed; its item is retried when the lease expires", e);
            }
        }
    }

    /** Runs work until nothing is due or leased, for at most 30 seconds. Items that wait for a retry are not due. */
    public void drain() {
        long deadline = System.nanoTime() + MAX_DRAIN_TIME.toNanos();
        while (!stopping && database.callOrElse(queue::hasWork, () -> false) && System.nanoTime() - deadline < 0) {
            if (!runNext()) {
                LockSupport.parkNanos(POLL_INTERVAL.toNanos());
            }
        }
    }

    private boolean runNext() {
        if (provider.isPaused()) {
            return false;
        }
        // the circuit breaker wraps the lease only: executing it includes slow calls to the provider
        Optional<WorkLease> lease = database.callOrElse(queue::leaseNext, Optional::empty);
        lease.ifPresent(executor::execute);
        return lease.isPresent();
    }

    /** Waits for running items. Items that have not been leased are left to other replicas. */
    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        threads.close();
    }
}
