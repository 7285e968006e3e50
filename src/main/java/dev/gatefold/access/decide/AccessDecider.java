package dev.gatefold.access.decide;

import dev.gatefold.access.bypass.Bypasses;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides access queries without consuming anything. A grant is answered from memory. A denial by a cached standing is
 * confirmed once against the database, so that a reader who has just paid on another replica is not denied.
 */
@Singleton
public final class AccessDecider {
    private final RulingsFactory rulings;
    private final Bypasses bypasses;
    private final MeterResolver meters;
    private final DecisionReporter reporter;

    AccessDecider(RulingsFactory rulings, Bypasses bypasses, MeterResolver meters, DecisionReporter reporter) {
        this.rulings = rulings;
        this.bypasses = bypasses;
        this.meters = meters;
        this.reporter = reporter;
    }

    /** Decides on the calling thread if memory suffices, otherwise on a worker thread. */
    public Uni<List<Decision>> decide(AccessQuery query) {
        Optional<Rulings> cached = rulings.fromCache(query);
        Optional<Rulings> complete = cached.flatMap(this::completeInMemory);
        return complete.isPresent()
                ? Uni.createFrom().item(conclude(complete.get()))
                : Uni.createFrom()
                        .item(() -> conclude(completeFromDatabase(query, cached)))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /**
     * Decides on the calling thread, which may block. Callers that wait for a result must not use {@link #decide}: if all
     * worker threads waited for it, none would be left to decide.
     */
    public List<Decision> decideBlocking(AccessQuery query) {
        Optional<Rulings> cached = rulings.fromCache(query);
        return conclude(cached.flatMap(this::completeInMemory).orElseGet(() -> completeFromDatabase(query, cached)));
    }

    /**
     * Decides at the instant of the query, by the rules and entitlements that are stored now. Nothing is counted and no
     * metric or log line is written.
     */
    public Decision explainAt(AccessQuery query, Instant now) {
        return meters.resolve(rulings.fromDatabase(query, now)).decisions().getFirst();
    }

    private Optional<Rulings> completeInMemory(Rulings cached) {
        if (cached.isAllGranted()) {
            return Optional.of(cached);
        }
        return cached.needsConfirmation()
                ? Optional.empty()
                : bypasses.findInMemory(cached.bypassQuery())
                        .map(cached::with)
                        .filter(complete -> !complete.needsMeter());
    }

    /** Rules at most once more, by a reloaded standing. If a meter is read, the same query confirms the standing. */
    private Rulings completeFromDatabase(AccessQuery query, Optional<Rulings> cached) {
        Rulings first = cached.orElseGet(() -> rulings.fromDatabase(query));
        Rulings bypassed = withBypasses(first);
        if (bypassed.needsMeter() && bypassed.meterQueryReturnsVersion()) {
            Optional<Rulings> resolved = meters.resolveIfCurrent(bypassed);
            if (resolved.isPresent()) {
                return resolved.get();
            }
        } else if (!first.needsConfirmation()) {
            return meters.resolve(bypassed);
        }
        return meters.resolve(withBypasses(rulings.fromDatabase(query)));
    }

    private Rulings withBypasses(Rulings rulings) {
        return rulings.isAllGranted() ? rulings : rulings.with(bypasses.find(rulings.bypassQuery()));
    }

    private List<Decision> conclude(Rulings rulings) {
        List<Decision> decisions = rulings.decisions();
        reporter.report(AccessOperation.CHECK, rulings, decisions);
        return decisions;
    }
}
