package dev.gatefold.access.decisionlog;

import dev.gatefold.access.DenyReason;
import dev.gatefold.access.Reason;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.access.decide.DecisionReporter;
import dev.gatefold.access.decide.DecisionReporter.DecidedArticle;
import dev.gatefold.access.decide.Paywall;
import dev.gatefold.access.decide.PaywallQuery;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.rules.Policy;
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
 * Looks again at denials, a few seconds later and past every memory: nobody may have been denied an article to which the
 * database had a right of theirs. How that should come about nobody knows; this is how it would be seen. Where there are
 * more denials than can be kept, some go unchecked.
 */
@Singleton
public class WrongDenialMonitor {
    private static final int MAX_PENDING = 2_000;

    /** So new a right may have been unknown to whoever denied: a change is known everywhere within a second. */
    private static final Duration PROPAGATION_DELAY = Duration.ofSeconds(2);

    /** What nobody's right opens. */
    private static final Set<Reason> INDEPENDENT_OF_ENTITLEMENTS =
            Set.of(DenyReason.TERRITORY, DenyReason.SOURCE_UNKNOWN);

    /** @param decidedAt by the machine's clock, which is the database's too: a clock that can be moved is not */
    private record PendingDenial(
            PaywallQuery question, UUID account, Decision decision, Policy policy, Catalog catalog, Instant decidedAt) {
        boolean isWrongBy(StoredEntitlement written) {
            return written.writtenAt()
                            .filter(since -> since.isAfter(decidedAt.minus(PROPAGATION_DELAY)))
                            .isEmpty()
                    && written.entitlement().term().contains(decision.asOf())
                    && Paywall.opens(written.entitlement(), question.article(), policy, catalog);
        }
    }

    private final StoredEntitlements rights;
    private final DatabaseCircuitBreaker reach;
    private final Clock machine = Clock.systemUTC();
    private final BlockingQueue<PendingDenial> pending = new ArrayBlockingQueue<>(MAX_PENDING);
    private final Counter checked;
    private final Counter wrong;

    WrongDenialMonitor(StoredEntitlements rights, DatabaseCircuitBreaker reach, MeterRegistry metrics) {
        this.rights = rights;
        this.reach = reach;
        checked = Counter.builder("gatefold.denials.checked")
                .description("Denials of readers with an account that were looked at again")
                .register(metrics);
        wrong = Counter.builder("gatefold.wrong.denials")
                .description("Those of them that readers held a right against; must be zero")
                .register(metrics);
    }

    public void observe(DecidedArticle made, Catalog catalog) {
        observe(made, catalog, machine.instant());
    }

    void observe(DecidedArticle made, Catalog catalog, Instant told) {
        Decision decision = made.decision();
        if (!decision.granted() && !INDEPENDENT_OF_ENTITLEMENTS.contains(decision.reason())) {
            made.standing().account().ifPresent(account -> {
                Policy policy = DecisionReporter.decidingRule(made, catalog)
                        .orElseThrow()
                        .policy();
                var _ = pending.offer(new PendingDenial(made.question(), account, decision, policy, catalog, told));
            });
        }
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void checkPending() {
        List<PendingDenial> some = new ArrayList<>();
        pending.drainTo(some);
        if (some.isEmpty()) {
            return;
        }
        Set<UUID> accounts = some.stream().map(PendingDenial::account).collect(Collectors.toSet());
        Optional<Map<UUID, List<StoredEntitlement>>> written = reach.callOrElse(
                () -> Optional.of(rights.findByAccounts(accounts).stream()
                        .collect(Collectors.groupingBy(StoredEntitlement::account))),
                Optional::empty);
        // while the database is away they wait, as far as there is room
        written.ifPresentOrElse(
                held -> some.forEach(denied -> check(denied, held)), () -> some.forEach(pending::offer));
    }

    private void check(PendingDenial denied, Map<UUID, List<StoredEntitlement>> held) {
        checked.increment();
        held.getOrDefault(denied.account, List.of()).stream()
                .filter(denied::isWrongBy)
                .findFirst()
                .ifPresent(written -> {
                    wrong.increment();
                    Log.errorf(
                            "A reader was denied what they held a right to: decision=%s reason=%s right=%s stale=%s",
                            denied.decision.id(),
                            denied.decision.reason(),
                            written.entitlement().basis(),
                            denied.decision.stale());
                });
    }
}
