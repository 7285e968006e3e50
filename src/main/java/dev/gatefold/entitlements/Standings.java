package dev.gatefold.entitlements;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatefold.accounts.SignedUp;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Reach;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/**
 * The standings of the readers who asked lately, in memory. Forgotten when this replica changes them, read again after
 * half a minute for changes elsewhere, and kept for a quarter of an hour for when the database is away.
 */
@Singleton
public class Standings {
    private static final int MOST = 200_000;

    private final Entitlements entitlements;
    private final Reach reach;
    private final Cache<Identity, Standing> cache = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Standing.KEPT)
            .recordStats()
            .build();

    Standings(Entitlements entitlements, Reach reach, MeterRegistry metrics) {
        this.entitlements = entitlements;
        this.reach = reach;
        CaffeineCacheMetrics.monitor(metrics, cache, "gatefold.standings");
    }

    /** What is known without waiting. */
    public Optional<Standing> remembered(Identity reader, Instant at) {
        Standing standing = cache.getIfPresent(reader);
        if (standing == null) {
            return Optional.empty();
        }
        if (standing.isFresh(at)) {
            return Optional.of(standing);
        }
        return reach.isAway() ? kept(standing, at) : Optional.empty();
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
                                (_, known) -> known != null && known.loadedAt().equals(at)
                                        ? known
                                        : entitlements.standingOf(reader, at)),
                () -> lastKnown(reader, at));
    }

    private Standing lastKnown(Identity reader, Instant at) {
        return Optional.ofNullable(cache.getIfPresent(reader))
                .flatMap(standing -> kept(standing, at))
                .orElseThrow(() -> Problem.unavailable("database"));
    }

    private static Optional<Standing> kept(Standing standing, Instant at) {
        return Optional.of(standing).filter(it -> it.isKept(at)).map(Standing::asStale);
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) EntitlementsChanged change) {
        cache.invalidate(change.reader());
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) SignedUp fact) {
        cache.invalidate(fact.account().identity());
    }
}
