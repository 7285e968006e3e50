package dev.gatefold.catalog;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.Objects;

/** The catalogue that questions are answered from; a newer one takes its place in one step. */
@Singleton
public final class CurrentCatalog {
    private final CatalogTables tables;
    private volatile Catalog catalog;

    CurrentCatalog(CatalogTables tables) {
        this.tables = tables;
    }

    public Catalog get() {
        return Objects.requireNonNull(catalog, "The catalogue is loaded when the service starts");
    }

    synchronized void load() {
        catalog = new Catalog(tables.contents());
        Log.infof(
                "Catalogue revision %d: %d sources, %d plans",
                catalog.revision(), catalog.sources().size(), catalog.plans().size());
    }

    /** Another replica may have imported. */
    @Scheduled(every = "10s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void follow() {
        if (tables.revision() != get().revision()) {
            load();
        }
    }
}
