package dev.gatefold.catalog;

import dev.gatefold.catalog.rules.ClientCountry;
import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import dev.gatefold.platform.invalidation.CacheInvalidation;
import dev.gatefold.platform.invalidation.CacheInvalidationListener;
import dev.gatefold.platform.invalidation.FreshnessWindowOpened;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Objects;

/** The catalogue that questions are answered from; a newer one takes its place in one step. */
@Singleton
public final class CurrentCatalog {
    private static final String WHAT = "catalog";

    private final CatalogRepository tables;
    private final ClientCountry whereabouts;
    private final CacheInvalidationListener changes;
    private final DatabaseCircuitBreaker reach;
    private volatile Catalog catalog;

    CurrentCatalog(
            CatalogRepository tables,
            ClientCountry whereabouts,
            CacheInvalidationListener changes,
            DatabaseCircuitBreaker reach) {
        this.tables = tables;
        this.whereabouts = whereabouts;
        this.changes = changes;
        this.reach = reach;
    }

    public Catalog get() {
        return Objects.requireNonNull(catalog, "The catalogue is loaded when the service starts");
    }

    public synchronized void load() {
        catalog = new Catalog(tables.contents());
        Log.infof(
                "Catalogue revision %d: %d sources, %d plans",
                catalog.revision(), catalog.sources().size(), catalog.plans().size());
        catalog.sources().stream()
                .filter(source -> catalog.rules(source).all().stream()
                        .anyMatch(rule -> rule.policy().territories() != null))
                .filter(_ -> !whereabouts.isConfigured())
                .findAny()
                .ifPresent(source -> Log.errorf(
                        "%s may be read in some countries only, and nobody tells where readers are: set"
                                + " GATEFOLD_COUNTRY_HEADER",
                        source.slug()));
    }

    /** Another replica may have imported. */
    synchronized void follow(@Observes CacheInvalidation change) {
        if (change.cacheName().equals(WHAT) && change.version() > get().revision()) {
            load();
        }
    }

    void follow(@Observes FreshnessWindowOpened event) {
        follow();
    }

    /** While nothing is heard of changes; at the start that may be before there is a catalogue at all. */
    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void followUnheard() {
        if (catalog != null && !changes.freshnessWindow().isFresh()) {
            var _ = reach.callOrElse(this::follow, () -> false);
        }
    }

    private boolean follow() {
        boolean isOld = tables.revision() != get().revision();
        if (isOld) {
            load();
        }
        return isOld;
    }
}
