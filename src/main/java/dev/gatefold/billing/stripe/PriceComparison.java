package dev.gatefold.billing.stripe;

import com.google.common.collect.Lists;
import com.stripe.model.Price;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.PlansImported;
import dev.gatefold.catalog.ProviderPrices;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.model.PlanPrice;
import dev.gatefold.catalog.model.ProviderPrice;
import dev.gatefold.kernel.Money;
import io.quarkus.logging.Log;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares the catalog's prices with Stripe's active prices and stores Stripe's, which readers are shown. Runs with each
 * reconciliation, after each import of plans and after each event about a price.
 */
@Singleton
class PriceComparison {
    /** The most lookup keys that Stripe accepts in one request. */
    private static final int MAX_LOOKUP_KEYS = 10;

    private final StripeCheckoutApi stripe;
    private final CurrentCatalog catalog;
    private final ProviderPrices providerPrices;
    private final PriceBindings bindings;

    /** The differences that were logged, so that each is logged once. */
    private final Set<ProviderPrice> logged = ConcurrentHashMap.newKeySet();

    PriceComparison(
            StripeCheckoutApi stripe, CurrentCatalog catalog, ProviderPrices providerPrices, PriceBindings bindings) {
        this.stripe = stripe;
        this.catalog = catalog;
        this.providerPrices = providerPrices;
        this.bindings = bindings;
    }

    void compareAfterImport(@Observes PlansImported event) {
        try {
            compareAll();
        } catch (StripeFailure failure) {
            Log.warnf(
                    "The prices of imported plans are compared at the next reconciliation, because Stripe failed: %s",
                    failure.getMessage());
        }
    }

    /** Compares all prices for sale. Blocks. */
    void compareAll() {
        compare(catalog.get().planDefinitions().stream()
                .flatMap(plan -> plan.prices().stream().map(price -> new PlanInterval(plan.slug(), price.interval())))
                .toList());
    }

    /** Compares one price and returns the id of the active one; empty if Stripe has none. Blocks. */
    Optional<String> compare(PlanInterval plan) {
        compare(List.of(plan));
        return activePriceId(plan);
    }

    /** Returns the id of the price that was active at the last comparison. Does not block. */
    Optional<String> activePriceId(PlanInterval plan) {
        return catalog.get().providerPrice(plan.plan(), plan.interval()).map(ProviderPrice::priceId);
    }

    private void compare(List<PlanInterval> plans) {
        Map<String, Price> active = Lists.partition(plans, MAX_LOOKUP_KEYS).stream()
                .map(part -> part.stream().map(PlanInterval::lookupKey).toList())
                .flatMap(keys -> stripe.findActivePrices(keys).stream())
                .collect(Collectors.toMap(Price::getLookupKey, Function.identity(), (first, _) -> first));
        plans.forEach(plan ->
                Optional.ofNullable(active.get(plan.lookupKey())).ifPresent(price -> bindings.bind(price, plan)));
        List<ProviderPrice> prices = plans.stream()
                .map(plan -> providerPrice(plan, active.get(plan.lookupKey())))
                .toList();
        providerPrices.record(prices);
        prices.forEach(this::logDifference);
    }

    private static ProviderPrice providerPrice(PlanInterval plan, Price active) {
        return active == null
                ? new ProviderPrice(plan.plan(), plan.interval(), null, null)
                : new ProviderPrice(plan.plan(), plan.interval(), active.getId(), fixedAmount(active, plan));
    }

    /** Returns null for tiers, fractions of minor units, amounts that the buyer chooses, and other billing periods. */
    private static Money fixedAmount(Price price, PlanInterval plan) {
        Price.Recurring period = price.getRecurring();
        boolean samePeriod = period != null
                && plan.interval().name().equalsIgnoreCase(period.getInterval())
                && (period.getIntervalCount() == null || period.getIntervalCount() == 1);
        return samePeriod && price.getUnitAmount() != null
                ? new Money(price.getUnitAmount(), price.getCurrency())
                : null;
    }

    private void logDifference(ProviderPrice price) {
        Optional<Money> imported = catalog.get().planDefinitions().stream()
                .filter(plan -> plan.slug().equals(price.plan()))
                .map(Plan::prices)
                .flatMap(List::stream)
                .filter(it -> it.interval() == price.interval())
                .map(PlanPrice::price)
                .findFirst();
        if (imported.isEmpty() || imported.get().equals(price.price()) || !logged.add(price)) {
            return;
        }
        if (price.isActive()) {
            Log.warnf(
                    "The catalog says %s for plan %s (%s), but Stripe charges %s with price %s, which readers are shown",
                    imported.get(),
                    price.plan(),
                    price.interval(),
                    price.price() == null ? "no fixed amount" : price.price(),
                    price.priceId());
        } else {
            Log.errorf(
                    "Plan %s (%s) cannot be sold, because Stripe has no active price with the lookup key %s",
                    price.plan(), price.interval(), new PlanInterval(price.plan(), price.interval()).lookupKey());
        }
    }
}
