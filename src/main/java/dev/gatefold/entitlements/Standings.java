package dev.gatefold.entitlements;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatefold.accounts.SignedUp;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Reach;
import dev.gatefold.replicas.Changed;
import dev.gatefold.replicas.Changes;
import dev.gatefold.replicas.Hearing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/**
 * The standings of the readers who asked lately, in memory. Forgotten when any replica changes them; read again after
 * half a minute, and after a second while changes elsewhere go unheard; and kept for a quarter of an hour for when the
 * database is away.
 */
@Singleton
public class Standings {
    /** @param hearing the while in which it was read */
    private record Remembered(Standing standing, Hearing hearing) {
        boolean isFresh(Instant at) {
            return standing.isYoungerThan(hearing.lasts() ? Standing.FRESH : Hearing.PROMISE, at);
        }
    }

    private static final int MOST = 200_000;
    private static final String WHAT = "standing";

    private final Entitlements entitlements;
    private final Changes changes;
    private final Reach reach;
    private final Cache<Identity, Remembered> cache = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Standing.KEPT)
            .recordStats()
            .build();

    Standings(Entitlements entitlements, Changes changes, Reach reach, MeterRegistry metrics) {
        this.entitlements = entitlements;
        this.changes = changes;
        this.reach = reach;
        CaffeineCacheMetrics.monitor(metrics, cache, "gatefold.standings");
    }

    /** What is known without waiting. */
    public Optional<Standing> remembered(Identity reader, Instant at) {
        Remembered known = cache.getIfPresent(reader);
        if (known == null) {
            return Optional.empty();
        }
        if (known.isFresh(at)) {
            return Optional.of(known.standing);
        }
        return reach.isAway() ? kept(known, at) : Optional.empty();
    }

    /** What is known, or else what the database says; blocks. */
    public Standing current(Identity reader, Instant at) {
        return remembered(reader, at).orElseGet(() -> reloaded(reader, at));
    }

    /** What the database says at {@code at} or later, or, while it is away, what was known; blocks. */
    public Standing reloaded(Identity reader, Instant at) {
        return reach.ask(
                () -> cache.asMap()
                        .compute(
                                reader,
                                (_, known) -> known != null
                                                && known.standing.loadedAt().equals(at)
                                        ? known
                                        : read(reader, at))
                        .standing,
                () -> lastKnown(reader, at));
    }

    private Remembered read(Identity reader, Instant at) {
        // before the rows: what is changed after them is heard of in this while or in none
        Hearing hearing = changes.hearing();
        return new Remembered(entitlements.standingOf(reader, at), hearing);
    }

    private Standing lastKnown(Identity reader, Instant at) {
        return Optional.ofNullable(cache.getIfPresent(reader))
                .flatMap(known -> kept(known, at))
                .orElseThrow(() -> Problem.unavailable("database"));
    }

    private static Optional<Standing> kept(Remembered known, Instant at) {
        return Optional.of(known.standing).filter(it -> it.isKept(at)).map(Standing::asStale);
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) EntitlementsChanged change) {
        cache.invalidate(change.reader());
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) SignedUp fact) {
        cache.invalidate(fact.account().identity());
    }

    /** By any replica. A standing that is being read in this moment is waited for; what is newer, or not there, stays so. */
    void forget(@Observes Changed change) {
        if (change.what().equals(WHAT)) {
            Identity reader = new Identity(change.key().getFirst(), change.key().getLast());
            cache.asMap()
                    .compute(
                            reader,
                            (_, known) -> known == null || known.standing.isOlderThan(change.version()) ? null : known);
        }
    }
}
