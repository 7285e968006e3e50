package dev.gatefold.access;

import dev.gatefold.access.Decisions.Made;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.Policy;
import dev.gatefold.entitlements.WrittenRights;
import dev.gatefold.entitlements.WrittenRights.Written;
import dev.gatefold.kernel.Reach;
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
class Denials {
    private static final int MOST_KEPT = 2_000;

    /** So new a right may have been unknown to whoever denied: a change is known everywhere within a second. */
    private static final Duration NEW = Duration.ofSeconds(2);

    /** What nobody's right opens. */
    private static final Set<Reason> OF_ALL = Set.of(Reason.TERRITORY, Reason.SOURCE_UNKNOWN);

    /** @param told by the machine's clock, which is the database's too: a clock that can be moved is not */
    private record Denied(
            Question question, UUID account, Decision decision, Policy policy, Catalog catalog, Instant told) {
        boolean isWrongBy(Written written) {
            return written.since()
                            .filter(since -> since.isAfter(told.minus(NEW)))
                            .isEmpty()
                    && written.right().term().contains(decision.asOf())
                    && Paywall.opens(written.right(), question.article(), policy, catalog);
        }
    }

    private final WrittenRights rights;
    private final Reach reach;
    private final Clock machine = Clock.systemUTC();
    private final BlockingQueue<Denied> kept = new ArrayBlockingQueue<>(MOST_KEPT);
    private final Counter checked;
    private final Counter wrong;

    Denials(WrittenRights rights, Reach reach, MeterRegistry metrics) {
        this.rights = rights;
        this.reach = reach;
        checked = Counter.builder("gatefold.denials.checked")
                .description("Denials of readers with an account that were looked at again")
                .register(metrics);
        wrong = Counter.builder("gatefold.denials.wrong")
                .description("Those of them that readers held a right against; must be zero")
                .register(metrics);
    }

    void note(Made made, Catalog catalog) {
        note(made, catalog, machine.instant());
    }

    void note(Made made, Catalog catalog, Instant told) {
        Decision decision = made.decision();
        if (!decision.granted() && !OF_ALL.contains(decision.reason())) {
            made.standing().account().ifPresent(account -> {
                Policy policy = Decisions.rule(made, catalog).orElseThrow().policy();
                var _ = kept.offer(new Denied(made.question(), account, decision, policy, catalog, told));
            });
        }
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void lookAgain() {
        List<Denied> some = new ArrayList<>();
        kept.drainTo(some);
        if (some.isEmpty()) {
            return;
        }
        Set<UUID> accounts = some.stream().map(Denied::account).collect(Collectors.toSet());
        Optional<Map<UUID, List<Written>>> written = reach.ask(
                () -> Optional.of(rights.of(accounts).stream().collect(Collectors.groupingBy(Written::account))),
                Optional::empty);
        // while the database is away they wait, as far as there is room
        written.ifPresentOrElse(held -> some.forEach(denied -> check(denied, held)), () -> some.forEach(kept::offer));
    }

    private void check(Denied denied, Map<UUID, List<Written>> held) {
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
                            written.right().basis(),
                            denied.decision.stale());
                });
    }
}
