package dev.gatefold.subscriptions.change;

import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/** The metric of accounts that pay for more than one subscription. */
@Singleton
class AdditionalSubscriptionMetrics {
    private final Subscriptions subscriptions;
    private final DatabaseCircuitBreaker database;
    private final AtomicLong accounts = new AtomicLong();

    AdditionalSubscriptionMetrics(
            MeterRegistry registry, Subscriptions subscriptions, DatabaseCircuitBreaker database) {
        this.subscriptions = subscriptions;
        this.database = database;
        Gauge.builder("gatefold.accounts.with.additional.subscriptions", accounts, AtomicLong::get)
                .description("Accounts with more than one live subscription; should be zero")
                .register(registry);
    }

    @Scheduled(every = "1m", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void measure() {
        accounts.set(database.callOrElse(
                () -> QuarkusTransaction.requiringNew().call(subscriptions::countAccountsWithSeveralLive),
                accounts::get));
    }
}
