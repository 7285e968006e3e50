package dev.gatefold.billing.stripe;

import com.stripe.model.Price;
import com.stripe.model.SubscriptionItem;
import dev.gatefold.billing.stripe.PlanResolution.PlanSource;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.kernel.Problem;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which price of Stripe stands for which plan and billing interval. New checkouts use the active price with the plan's lookup
 * key. Subscriptions may have other prices, made in Stripe's dashboard: they stand for the plan of their product.
 */
@Singleton
class StripePrices {
    private final PriceComparison comparison;
    private final CurrentCatalog catalog;
    private final PriceBindings bindings;
    private final UnboundPriceMonitor unboundPrices;

    StripePrices(
            PriceComparison comparison,
            CurrentCatalog catalog,
            PriceBindings bindings,
            UnboundPriceMonitor unboundPrices) {
        this.comparison = comparison;
        this.catalog = catalog;
        this.bindings = bindings;
        this.unboundPrices = unboundPrices;
    }

    /**
     * Returns the id of the price for a new checkout: that of the last comparison, whose amount readers are shown. Calls
     * Stripe if none is known.
     *
     * @throws Problem 503 if Stripe has no active price for the plan
     */
    String priceIdFor(PlanInterval plan) {
        return comparison
                .activePriceId(plan)
                .or(() -> comparison.compare(plan))
                .orElseThrow(() -> Problem.unavailable("price of this plan"));
    }

    /** Compares the price again and returns true if a checkout would now sell another one. Calls Stripe. */
    boolean isReplaced(PlanInterval plan, String price) {
        return !comparison.compare(plan).equals(Optional.of(price));
    }

    /**
     * Returns the plan that a price stands for: the plan that it was bound to, the plan of its lookup key, the plan of its
     * product, or the plan that the subscription had before.
     *
     * @param price null for an item without a price
     * @param planHeld the plan that the subscription had when it was last recorded
     */
    Optional<PlanResolution> resolve(Price price, Optional<String> planHeld) {
        if (price == null) {
            return Optional.empty();
        }
        return bindings.planOfPrice(price)
                .map(plan -> new PlanResolution(plan, PlanSource.BOUND))
                .or(() -> planByLookupKey(price).map(plan -> new PlanResolution(plan, PlanSource.LOOKUP_KEY)))
                .or(() -> Optional.ofNullable(price.getProduct())
                        .flatMap(bindings::planOfProduct)
                        .map(plan -> new PlanResolution(plan, PlanSource.PRODUCT)))
                .or(() -> planHeld.map(plan -> new PlanResolution(plan, PlanSource.HELD)));
    }

    /**
     * Returns the plan of each item that has one, and reports the prices whose plan was inferred. The plan that the
     * subscription had before applies only if no item has a plan of its own: another item may be a product that we do not
     * sell.
     */
    Map<String, String> plansByPrice(String subscription, List<SubscriptionItem> items, Optional<String> planHeld) {
        List<Price> prices = items.stream()
                .map(SubscriptionItem::getPrice)
                .filter(Objects::nonNull)
                .toList();
        boolean known = prices.stream()
                .anyMatch(price -> resolve(price, Optional.empty()).isPresent());
        Map<String, String> plans = new HashMap<>();
        for (Price price : prices) {
            resolve(price, known ? Optional.empty() : planHeld).ifPresent(found -> {
                plans.put(price.getId(), found.plan());
                if (found.isInferred()) {
                    unboundPrices.report(price, found, subscription);
                }
            });
        }
        return plans;
    }

    private Optional<String> planByLookupKey(Price price) {
        Optional<PlanInterval> found = catalog.get().plans().stream()
                .flatMap(plan -> plan.prices().stream().map(it -> new PlanInterval(plan.slug(), it.interval())))
                .filter(it -> it.lookupKey().equals(price.getLookupKey()))
                .findFirst();
        found.ifPresent(it -> bindings.bind(price, it));
        return found.map(PlanInterval::plan);
    }
}
