package dev.gatefold.catalog;

import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import dev.gatefold.platform.invalidation.CacheInvalidation;
import dev.gatefold.platform.invalidation.CacheInvalidationListener;
import dev.gatefold.platform.invalidation.FreshnessWindowOpened;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Reloads the catalog after another replica has changed it. */
@Singleton
final class CatalogRefresher {
    private static final String CACHE_NAME = "catalog";

    private final CurrentCatalog current;
    private final CacheInvalidationListener invalidations;
    private final DatabaseCircuitBreaker circuitBreaker;

    CatalogRefresher(
            CurrentCatalog current, CacheInvalidationListener invalidations, DatabaseCircuitBreaker circuitBreaker) {
        this.current = current;
        this.invalidations = invalidations;
        this.circuitBreaker = circuitBreaker;
    }

    void reload(@Observes CacheInvalidation invalidation) {
        if (invalidation.cacheName().equals(CACHE_NAME)) {
            current.reloadIfOlderThan(invalidation.version());
        }
    }

    void reload(@Observes FreshnessWindowOpened event) {
        current.reloadIfOutdated();
    }

    /** Polls while the replica receives no invalidations. This can begin before the catalog is loaded at startup. */
    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void pollWhileDisconnected() {
        if (current.isLoaded() && !invalidations.freshnessWindow().isFresh()) {
            var _ = circuitBreaker.callOrElse(
                    () -> {
                        current.reloadIfOutdated();
                        return true;
                    },
                    () -> false);
        }
    }
}
