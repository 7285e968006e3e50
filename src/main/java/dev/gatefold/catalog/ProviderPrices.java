package dev.gatefold.catalog;

import dev.gatefold.catalog.model.ProviderPrice;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** Stores what the billing provider charges, so that every replica shows it, and measures how often it differs. */
@Singleton
public class ProviderPrices {
    private final CatalogRepository repository;
    private final CurrentCatalog current;
    private final MeterRegistry registry;

    ProviderPrices(CatalogRepository repository, CurrentCatalog current, MeterRegistry registry) {
        this.repository = repository;
        this.current = current;
        this.registry = registry;
    }

    void registerMetric(@Observes StartupEvent event) {
        Gauge.builder(
                        "gatefold.catalog.price.differences",
                        current,
                        it -> it.isLoaded() ? it.get().countPriceDifferences() : 0)
                .description("Prices for sale that the billing provider charges differently or cannot charge")
                .register(registry);
    }

    /** Stores prices of plans of the catalog and, if they differ from the stored ones, reloads the catalog. Blocks. */
    public void record(List<ProviderPrice> prices) {
        if (repository.replaceProviderPrices(prices)) {
            current.load();
        }
    }
}
