package dev.gatefold.catalog;

import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.model.PlanPrice;
import dev.gatefold.catalog.model.ProviderPrice;
import java.util.List;
import java.util.Optional;

/** The billing provider's prices beside the imported ones. Readers pay, and therefore see, the provider's. */
final class ProviderPriceList {
    private final List<ProviderPrice> prices;

    ProviderPriceList(List<ProviderPrice> prices) {
        this.prices = prices;
    }

    /** Returns the price for a plan and interval; empty if it was not compared yet. */
    Optional<ProviderPrice> find(String plan, BillingInterval interval) {
        return prices.stream()
                .filter(it -> it.plan().equals(plan) && it.interval() == interval)
                .findFirst();
    }

    /** Returns the plan with the provider's prices. An imported price remains if the provider has no active one. */
    Plan applyTo(Plan imported) {
        return imported.withPrices(imported.prices().stream()
                .map(price -> find(imported.slug(), price.interval())
                        .filter(ProviderPrice::isActive)
                        .map(it -> new PlanPrice(it.interval(), it.price()))
                        .orElse(price))
                .toList());
    }

    /** Returns how many prices of the plans the provider charges differently or cannot charge. */
    long countDifferences(List<Plan> imported) {
        return imported.stream()
                .flatMap(plan -> plan.prices().stream().filter(price -> differs(plan, price)))
                .count();
    }

    private boolean differs(Plan plan, PlanPrice imported) {
        return find(plan.slug(), imported.interval())
                .filter(it -> !imported.price().equals(it.price()))
                .isPresent();
    }
}
