package dev.gatefold.decisionlog;

import dev.gatefold.access.DenyReason;
import dev.gatefold.access.decide.AccessOperation;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.access.decide.DecisionObserver;
import dev.gatefold.access.decide.Paywall;
import dev.gatefold.access.decide.Rulings;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.entitlements.StoredEntitlements;
import dev.gatefold.entitlements.StoredEntitlements.StoredEntitlement;
import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Collectors;

/**
 * Checks denials a few seconds later against the database, without any cache, and counts those of readers who had an
 * entitlement to the article. There must be none. Denials beyond the size of the queue are not checked.
 */
@Singleton
public class WrongDenialMonitor implements DecisionObserver {
    private static final int MAX_PENDING = 2_000;

    /** An entitlement stored this shortly before a denial may not have reached the replica: caches lag up to one second. */
    private static final Duration PROPAGATION_DELAY = Duration.ofSeconds(2);

    /** @param deniedAt by the system clock, like the times that the database writes; the injected clock can be moved */
    private record PendingDenial(Decision decision, Article article, UUID account, Catalog catalog, Instant deniedAt) {
        private boolean isWrongBy(StoredEntitlement stored) {
            return isOlderThanDenial(stored)
                    && stored.entitlement().term().contains(decision.asOf())
                    && Paywall.opens(
                            stored.entitlement(), article, decision.rule().policy(), catalog);
        }

        private boolean isOlderThanDenial(StoredEntitlement stored) {
            return stored.writtenAt()
                    .filter(written -> written.isAfter(deniedAt.minus(PROPAGATION_DELAY)))
                    .isEmpty();
        }
    }

    private final StoredEntitlements entitlements;
    private final DatabaseCircuitBreaker circuitBreaker;
    private final Clock systemClock = Clock.systemUTC();
    private final BlockingQueue<PendingDenial> pending = new ArrayBlockingQueue<>(MAX_PENDING);
    private final Counter checked;
    private final Counter wrong;

    WrongDenialMonitor(StoredEntitlements entitlements, DatabaseCircuitBreaker circuitBreaker, MeterRegistry metrics) {
        this.entitlements = entitlements;
        this.circuitBreaker = circuitBreaker;
        checked = Counter.builder("gatefold.denials.checked")
                .description("Number of denials of readers with an account that were checked against the database")
                .register(metrics);
        wrong = Counter.builder("gatefold.wrong.denials")
                .description("Number of checked denials of readers who had an entitlement to the article; must be zero")
                .register(metrics);
    }

    @Override
    public void decided(AccessOperation operation, Rulings rulings, List<Decision> decisions) {
        rulings.standing().account().ifPresent(account -> observe(account, rulings, decisions, systemClock));
    }

    void observe(UUID account, Rulings rulings, List<Decision> decisions, Clock clock) {
        for (int i = 0; i < decisions.size(); i++) {
            Decision decision = decisions.get(i);
            if (decision.reason() instanceof DenyReason reason && reason.dependsOnEntitlements()) {
                Article article = rulings.items().get(i).query().article();
                var _ = pending.offer(
                        new PendingDenial(decision, article, account, rulings.catalog(), clock.instant()));
            }
        }
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void checkPending() {
        List<PendingDenial> denials = new ArrayList<>();
        pending.drainTo(denials);
        if (denials.isEmpty()) {
            return;
        }
        Set<UUID> accounts = denials.stream().map(PendingDenial::account).collect(Collectors.toSet());
        Optional<Map<UUID, List<StoredEntitlement>>> stored = circuitBreaker.callOrElse(
                () -> Optional.of(entitlements.findByAccounts(accounts).stream()
                        .collect(Collectors.groupingBy(StoredEntitlement::account))),
                Optional::empty);
        // during a database outage, denials are checked later, as far as the queue has space
        stored.ifPresentOrElse(
                byAccount -> denials.forEach(denial -> check(denial, byAccount)),
                () -> denials.forEach(pending::offer));
    }

    private void check(PendingDenial denial, Map<UUID, List<StoredEntitlement>> byAccount) {
        checked.increment();
        byAccount.getOrDefault(denial.account, List.of()).stream()
                .filter(denial::isWrongBy)
                .findFirst()
                .ifPresent(stored -> {
                    wrong.increment();
                    Log.errorf(
                            "Wrong denial: decision=%s reason=%s entitlement=%s stale=%s",
                            denial.decision.id(),
                            denial.decision.reason(),
                            stored.entitlement().basis(),
                            denial.decision.stale());
                });
    }
}
