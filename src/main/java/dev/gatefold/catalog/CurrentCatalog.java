package dev.gatefold.catalog;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.Objects;

/** The catalogue that questions are answered from; a newer one takes its place in one step. */
@Singleton
public final class CurrentCatalog {
    private final CatalogTables tables;
    private final Whereabouts whereabouts;
    private volatile Catalog catalog;

    CurrentCatalog(CatalogTables tables, Whereabouts whereabouts) {
        this.tables = tables;
        this.whereabouts = whereabouts;
    }

    public Catalog get() {
        return Objects.requireNonNull(catalog, "The catalogue is loaded when the service starts");
    }

    synchronized void load() {
        catalog = new Catalog(tables.contents());
        Log.infof(
                "Catalogue revision %d: %d sources, %d plans",
                catalog.revision(), catalog.sources().size(), catalog.plans().size());
        catalog.sources().stream()
                .filter(source -> catalog.rules(source).all().stream()
                        .anyMatch(rule -> rule.policy().territories() != null))
                .filter(_ -> !whereabouts.areTold())
                .findAny()
                .ifPresent(source -> Log.errorf(
                        "%s may be read in some countries only, and nobody tells where readers are: set"
                                + " GATEFOLD_COUNTRY_HEADER",
                        source.slug()));
    }

    /** Another replica may have imported. */
    @Scheduled(every = "10s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void follow() {
        if (tables.revision() != get().revision()) {
            load();
        }
    }
}
