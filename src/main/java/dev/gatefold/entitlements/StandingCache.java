package dev.gatefold.entitlements;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatefold.accounts.account.ReaderSignedUp;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import dev.gatefold.platform.invalidation.CacheInvalidation;
import dev.gatefold.platform.invalidation.CacheInvalidationListener;
import dev.gatefold.platform.invalidation.FreshnessWindow;
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
public class StandingCache {
    /** @param freshness the while in which it was read */
    private record CachedStanding(Standing standing, FreshnessWindow freshness) {
        boolean isFresh(Instant at) {
            return standing.isYoungerThan(freshness.isFresh() ? Standing.FRESH_FOR : FreshnessWindow.MAX_STALENESS, at);
        }
    }

    private static final int MOST = 200_000;
    private static final String WHAT = "standing";

    private final Entitlements entitlements;
    private final CacheInvalidationListener changes;
    private final DatabaseCircuitBreaker reach;
    private final Cache<Identity, CachedStanding> cache = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Standing.RETAINED_FOR)
            .recordStats()
            .build();

    StandingCache(
            Entitlements entitlements,
            CacheInvalidationListener changes,
            DatabaseCircuitBreaker reach,
            MeterRegistry metrics) {
        this.entitlements = entitlements;
        this.changes = changes;
        this.reach = reach;
        CaffeineCacheMetrics.monitor(metrics, cache, "gatefold.standings");
    }

    /** What is known without waiting. */
    public Optional<Standing> getIfFresh(Identity reader, Instant at) {
        CachedStanding known = cache.getIfPresent(reader);
        if (known == null) {
            return Optional.empty();
        }
        if (known.isFresh(at)) {
            return Optional.of(known.standing);
        }
        return reach.isOpen() ? kept(known, at) : Optional.empty();
    }

    /** What is known, or else what the database says; blocks. */
    public Standing get(Identity reader, Instant at) {
        return getIfFresh(reader, at).orElseGet(() -> reload(reader, at));
    }

    /** What the database says at {@code at} or later, or, while it is away, what was known; blocks. */
    public Standing reload(Identity reader, Instant at) {
        return reach.callOrElse(
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

    private CachedStanding read(Identity reader, Instant at) {
        // before the rows: what is changed after them is heard of in this while or in none
        FreshnessWindow hearing = changes.freshnessWindow();
        return new CachedStanding(entitlements.loadStanding(reader, at), hearing);
    }

    private Standing lastKnown(Identity reader, Instant at) {
        return Optional.ofNullable(cache.getIfPresent(reader))
                .flatMap(known -> kept(known, at))
                .orElseThrow(() -> Problem.unavailable("database"));
    }

    private static Optional<Standing> kept(CachedStanding known, Instant at) {
        return Optional.of(known.standing).filter(it -> it.isRetained(at)).map(Standing::asStale);
    }

    void invalidate(@Observes(during = TransactionPhase.AFTER_SUCCESS) EntitlementsChanged change) {
        cache.invalidate(change.reader());
    }

    void invalidate(@Observes(during = TransactionPhase.AFTER_SUCCESS) ReaderSignedUp fact) {
        cache.invalidate(fact.account().identity());
    }

    /** By any replica. A standing that is being read in this moment is waited for; what is newer, or not there, stays so. */
    void invalidate(@Observes CacheInvalidation change) {
        if (change.cacheName().equals(WHAT)) {
            Identity reader =
                    new Identity(change.cacheKey().getFirst(), change.cacheKey().getLast());
            cache.asMap()
                    .compute(
                            reader,
                            (_, known) ->
                                    known == null || known.standing.isOutdatedBy(change.version()) ? null : known);
        }
    }
}
