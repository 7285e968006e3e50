package dev.gatefold.billing.stripe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.stripe.model.Price;
import com.stripe.model.SubscriptionItem;
import dev.gatefold.billing.stripe.PlanResolution.PlanSource;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.kernel.Money;
import dev.gatefold.kernel.Problem;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which price of Stripe stands for which plan and billing interval. New checkouts use the active price with the plan's lookup
 * key. Subscriptions may have other prices, made in Stripe's dashboard: they stand for the plan of their product.
 */
@Singleton
class StripePrices {
    /** A plan with a billing interval. */
    record PlanInterval(String plan, BillingInterval interval) {
        /** Returns the lookup key of the price, such as {@code membership_month}. */
        private String lookupKey() {
            return plan + "_" + interval.name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Duration PRICE_CACHE_TIME = Duration.ofMinutes(10);
    private static final int CACHE_SIZE = 1000;

    private final StripeCheckoutApi stripe;
    private final CurrentCatalog catalog;
    private final PriceBindings bindings;
    private final UnboundPriceMonitor unboundPrices;
    private final Cache<PlanInterval, String> activePrices = Caffeine.newBuilder()
            .expireAfterWrite(PRICE_CACHE_TIME)
            .maximumSize(CACHE_SIZE)
            .build();

    StripePrices(
            StripeCheckoutApi stripe,
            CurrentCatalog catalog,
            PriceBindings bindings,
            UnboundPriceMonitor unboundPrices) {
        this.stripe = stripe;
        this.catalog = catalog;
        this.bindings = bindings;
        this.unboundPrices = unboundPrices;
    }

    /**
     * Returns the id of the price for a new checkout. Calls Stripe unless the price was fetched in the last ten minutes.
     *
     * @throws Problem 503 if Stripe has no active price for the plan
     */
    String priceIdFor(PlanInterval plan) {
        String cached = activePrices.getIfPresent(plan);
        if (cached != null) {
            return cached;
        }
        Price price = stripe.findActivePrice(plan.lookupKey()).orElseThrow(() -> {
            Log.errorf(
                    "Stripe has no active price with the lookup key %s, so the plan cannot be sold", plan.lookupKey());
            return Problem.unavailable("price of this plan");
        });
        warnIfDifferent(plan, price);
        bindings.bind(price, plan);
        activePrices.put(plan, price.getId());
        return price.getId();
    }

    /** Removes the cached price for new checkouts. */
    void invalidate(PlanInterval plan) {
        activePrices.invalidate(plan);
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

    private void warnIfDifferent(PlanInterval plan, Price price) {
        Optional<Money> inCatalog = catalog.get()
                .plan(plan.plan)
                .map(Plan::prices)
                .flatMap(prices -> prices.stream()
                        .filter(it -> it.interval() == plan.interval)
                        .findFirst())
                .map(it -> it.price());
        boolean same = inCatalog
                .filter(it -> Long.valueOf(it.amount()).equals(price.getUnitAmount())
                        && it.currency().equals(price.getCurrency()))
                .isPresent();
        if (!same) {
            Log.warnf(
                    "The catalog price of plan %s (%s) differs from Stripe's price %s, which readers will pay",
                    plan.plan, plan.interval, price.getId());
        }
    }
}
