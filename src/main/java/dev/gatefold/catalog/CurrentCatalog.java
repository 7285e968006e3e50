package dev.gatefold.catalog;

import dev.gatefold.catalog.rules.TerritoryRequirement;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.util.Objects;

/** Holds the catalog snapshot that requests use. Loading a newer revision replaces it atomically. */
@Singleton
public final class CurrentCatalog {
    private final CatalogRepository repository;
    private final TerritoryRequirement territoryRequirement;
    private volatile Catalog catalog;

    CurrentCatalog(CatalogRepository repository, TerritoryRequirement territoryRequirement) {
        this.repository = repository;
        this.territoryRequirement = territoryRequirement;
    }

    /**
     * Returns the current snapshot. Does not block.
     *
     * @throws NullPointerException before the catalog is loaded at startup
     */
    public Catalog get() {
        return Objects.requireNonNull(catalog, "The catalog is loaded at startup");
    }

    /** Loads the stored catalog; blocks. */
    public synchronized void load() {
        catalog = new Catalog(repository.contents());
        Log.infof(
                "Loaded catalog revision %d: %d sources, %d plans",
                catalog.revision(), catalog.sources().size(), catalog.plans().size());
        reportUnenforceableTerritories();
    }

    /** Loads the stored catalog if it has another revision; blocks. */
    synchronized void reloadIfOutdated() {
        if (repository.revision() != get().revision()) {
            load();
        }
    }

    /** Loads the stored catalog if the snapshot is older than the revision; blocks. */
    synchronized void reloadIfOlderThan(long revision) {
        if (get().revision() < revision) {
            load();
        }
    }

    boolean isLoaded() {
        return catalog != null;
    }

    private void reportUnenforceableTerritories() {
        catalog.sources().stream()
                .filter(source -> catalog.rules(source).all().stream()
                        .anyMatch(rule -> !territoryRequirement.isMetBy(rule.policy())))
                .findAny()
                .ifPresent(source -> Log.errorf(
                        "Source %s is limited to territories, but the country of readers is unknown:"
                                + " set GATEFOLD_COUNTRY_HEADER",
                        source.slug()));
    }
}
