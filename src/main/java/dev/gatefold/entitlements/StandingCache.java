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
 * Caches the standings of readers in memory. An entry is invalidated when any replica changes the reader's entitlements. It
 * is fresh for {@link Standing#FRESH_FOR}, or for {@link FreshnessWindow#MAX_STALENESS} while this replica receives no
 * invalidations. It is retained for {@link Standing#RETAINED_FOR}, to answer while the database is unavailable.
 */
@Singleton
public class StandingCache {
    /** A standing with the freshness window that was open before it was read. */
    private record CachedStanding(Standing standing, FreshnessWindow freshnessWindow) {
        boolean isFresh(Instant at) {
            return standing.isYoungerThan(
                    freshnessWindow.isFresh() ? Standing.FRESH_FOR : FreshnessWindow.MAX_STALENESS, at);
        }

        Optional<Standing> asStale(Instant at) {
            return Optional.of(standing).filter(it -> it.isRetained(at)).map(Standing::asStale);
        }
    }

    private static final int MAX_ENTRIES = 200_000;
    private static final String CACHE_NAME = "standing";

    private final Entitlements entitlements;
    private final CacheInvalidationListener invalidations;
    private final DatabaseCircuitBreaker circuitBreaker;
    private final Cache<Identity, CachedStanding> cache = Caffeine.newBuilder()
            .maximumSize(MAX_ENTRIES)
            .expireAfterWrite(Standing.RETAINED_FOR)
            .recordStats()
            .build();

    StandingCache(
            Entitlements entitlements,
            CacheInvalidationListener invalidations,
            DatabaseCircuitBreaker circuitBreaker,
            MeterRegistry metrics) {
        this.entitlements = entitlements;
        this.invalidations = invalidations;
        this.circuitBreaker = circuitBreaker;
        CaffeineCacheMetrics.monitor(metrics, cache, "gatefold.standings");
    }

    /**
     * Returns the cached standing if it is fresh, or a stale one while the circuit breaker of the database is open. Does not
     * block.
     */
    public Optional<Standing> getIfFresh(Identity reader, Instant at) {
        CachedStanding cached = cache.getIfPresent(reader);
        if (cached == null) {
            return Optional.empty();
        }
        if (cached.isFresh(at)) {
            return Optional.of(cached.standing);
        }
        return circuitBreaker.isOpen() ? cached.asStale(at) : Optional.empty();
    }

    /**
     * Returns the cached standing if it is fresh, otherwise loads it; may block.
     *
     * @throws Problem {@code unavailable} if the database is unavailable and no standing is retained
     */
    public Standing get(Identity reader, Instant at) {
        return getIfFresh(reader, at).orElseGet(() -> reload(reader, at));
    }

    /**
     * Loads the standing from the database; blocks. Concurrent calls for one reader and instant load once. While the
     * database is unavailable, returns the retained standing, marked as stale.
     *
     * @throws Problem {@code unavailable} if the database is unavailable and no standing is retained
     */
    public Standing reload(Identity reader, Instant at) {
        return circuitBreaker.callOrElse(
                () -> cache.asMap()
                        .compute(reader, (_, cached) -> isLoadedAt(at, cached) ? cached : load(reader, at))
                        .standing,
                () -> retained(reader, at));
    }

    private static boolean isLoadedAt(Instant at, CachedStanding cached) {
        return cached != null && cached.standing.loadedAt().equals(at);
    }

    private CachedStanding load(Identity reader, Instant at) {
        // before the query, so that the window covers every change that the query does not see
        FreshnessWindow window = invalidations.freshnessWindow();
        return new CachedStanding(entitlements.loadStanding(reader, at), window);
    }

    private Standing retained(Identity reader, Instant at) {
        return Optional.ofNullable(cache.getIfPresent(reader))
                .flatMap(cached -> cached.asStale(at))
                .orElseThrow(() -> Problem.unavailable("database"));
    }

    void invalidate(@Observes(during = TransactionPhase.AFTER_SUCCESS) EntitlementsChanged change) {
        cache.invalidate(change.reader());
    }

    void invalidate(@Observes(during = TransactionPhase.AFTER_SUCCESS) ReaderSignedUp event) {
        cache.invalidate(event.account().identity());
    }

    /**
     * Removes the standing that an invalidation of any replica outdates. Waits for a load of the standing that is in
     * progress. Keeps a standing that already has the new version.
     */
    void invalidate(@Observes CacheInvalidation invalidation) {
        if (invalidation.cacheName().equals(CACHE_NAME)) {
            Identity reader = new Identity(
                    invalidation.cacheKey().getFirst(), invalidation.cacheKey().getLast());
            // not computeIfPresent, which does not wait for the first load of a standing
            cache.asMap()
                    .compute(
                            reader,
                            (_, cached) -> cached == null || cached.standing.isOutdatedBy(invalidation.version())
                                    ? null
                                    : cached);
        }
    }
}
