package dev.gatefold.entitlements;

import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/** The metric of accounts whose trial was paid for with the card of another trial. */
@Singleton
class RepeatedTrialMetrics {
    private final TrialCards cards;
    private final DatabaseCircuitBreaker database;
    private final AtomicLong accounts = new AtomicLong();

    RepeatedTrialMetrics(MeterRegistry registry, TrialCards cards, DatabaseCircuitBreaker database) {
        this.cards = cards;
        this.database = database;
        Gauge.builder("gatefold.accounts.with.repeated.trial.cards", accounts, AtomicLong::get)
                .description("Accounts that use a card in their trial that a trial of another account has used")
                .register(registry);
    }

    @Scheduled(every = "1m", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void measure() {
        accounts.set(database.callOrElse(cards::countAccountsWithRepeatedCards, accounts::get));
    }
}
