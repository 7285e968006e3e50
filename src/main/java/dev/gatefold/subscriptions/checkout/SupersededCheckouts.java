package dev.gatefold.subscriptions.checkout;

import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.subscriptions.model.CheckoutSuperseded;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Closes payment pages at the billing provider after a trial or another subscription has begun. The database remembers what
 * must be closed, so that an outage of the provider only delays it. Closing can be repeated by several replicas.
 */
@Singleton
class SupersededCheckouts {
    private static final Duration RETRY_INTERVAL = Duration.ofMinutes(1);

    private final Checkouts checkouts;
    private final CheckoutClosing closing;
    private final DatabaseCircuitBreaker database;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    SupersededCheckouts(Checkouts checkouts, CheckoutClosing closing, DatabaseCircuitBreaker database, Clock clock) {
        this.checkouts = checkouts;
        this.closing = closing;
        this.database = database;
        this.clock = clock;
    }

    void mark(@Observes CheckoutSuperseded superseded) {
        checkouts.requestClosing(superseded.account(), superseded.at());
    }

    void closeAfterCommit(@Observes(during = TransactionPhase.AFTER_SUCCESS) CheckoutSuperseded superseded) {
        if (!threads.isShutdown()) {
            threads.execute(this::closeDue);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        threads.close();
    }

    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void closeDue() {
        Instant now = clock.instant();
        for (Checkout checkout : database.callOrElse(() -> checkouts.dueForClosing(now), List::<Checkout>of)) {
            try {
                var _ = closing.close(checkout);
            } catch (RuntimeException e) {
                Log.warnf(
                        "The page of checkout %s is not closed and is tried again: %s", checkout.id(), e.getMessage());
                checkouts.postponeClosing(checkout, now.plus(RETRY_INTERVAL));
            }
        }
    }
}
