package dev.gatefold.billing.stripe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.stripe.model.Price;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.kernel.Money;
import dev.gatefold.kernel.Problem;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.hibernate.Session;

/**
 * Which price of Stripe stands for which plan and billing interval. New checkouts use the active price with the plan's lookup
 * key. The meaning of a price is stored once and never changes, because its lookup key can move to a new price while existing
 * subscriptions keep the old one.
 */
@Singleton
class StripePrices {
    /** A plan with a billing interval. */
    record PlanInterval(String plan, BillingInterval interval) {
        private static PlanInterval of(Tuple row) {
            return new PlanInterval(
                    row.get("plan", String.class), BillingInterval.valueOf(row.get("billing_interval", String.class)));
        }

        /** Returns the lookup key of the price, such as {@code membership_month}. */
        private String lookupKey() {
            return plan + "_" + interval.name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Duration PRICE_CACHE_TIME = Duration.ofMinutes(10);
    private static final int CACHE_SIZE = 1000;

    private final StripeCheckoutApi stripe;
    private final CurrentCatalog catalog;
    private final Session database;
    private final Cache<PlanInterval, String> activePrices = Caffeine.newBuilder()
            .expireAfterWrite(PRICE_CACHE_TIME)
            .maximumSize(CACHE_SIZE)
            .build();
    private final Cache<String, PlanInterval> plansByPrice =
            Caffeine.newBuilder().maximumSize(CACHE_SIZE).build();

    StripePrices(StripeCheckoutApi stripe, CurrentCatalog catalog, Session database) {
        this.stripe = stripe;
        this.catalog = catalog;
        this.database = database;
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
        store(price.getId(), plan);
        activePrices.put(plan, price.getId());
        return price.getId();
    }

    /** Removes the cached price for new checkouts. */
    void invalidate(PlanInterval plan) {
        activePrices.invalidate(plan);
    }

    /** Returns what a price stands for, or empty if it is null or belongs to no known plan. */
    Optional<PlanInterval> planOf(Price price) {
        if (price == null) {
            return Optional.empty();
        }
        PlanInterval known = plansByPrice.get(price.getId(), this::stored);
        return Optional.ofNullable(known).or(() -> planByLookupKey(price));
    }

    private Optional<PlanInterval> planByLookupKey(Price price) {
        Optional<PlanInterval> found = catalog.get().plans().stream()
                .flatMap(plan -> plan.prices().stream().map(it -> new PlanInterval(plan.slug(), it.interval())))
                .filter(it -> it.lookupKey().equals(price.getLookupKey()))
                .findFirst();
        found.ifPresent(it -> store(price.getId(), it));
        return found;
    }

    @Transactional
    PlanInterval stored(String price) {
        return database
                .createNativeQuery("select plan, billing_interval from stripe_price where id = :price", Tuple.class)
                .setParameter("price", price)
                .getResultList()
                .stream()
                .findFirst()
                .map(PlanInterval::of)
                .orElse(null);
    }

    @Transactional
    void store(String price, PlanInterval plan) {
        database.createNativeMutationQuery("""
                        insert into stripe_price (id, plan, billing_interval) values (:id, :plan, :interval)
                        on conflict do nothing
                        """)
                .setParameter("id", price)
                .setParameter("plan", plan.plan)
                .setParameter("interval", plan.interval.name())
                .executeUpdate();
        plansByPrice.invalidate(price);
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
