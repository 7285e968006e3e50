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
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/**
 * Which price of Stripe's stands for which plan and interval: the active one with the plan's lookup key. A price that was
 * bound once stays bound, since its key may go to another price while readers go on paying this one.
 */
@Singleton
class StripePrices {
    /** What a price stands for. */
    record PlanInterval(String plan, BillingInterval interval) {}

    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final StripeApi stripe;
    private final CurrentCatalog catalog;
    private final Session database;
    private final Cache<PlanInterval, String> remembered =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(1000).build();
    private final Cache<String, PlanInterval> planOf =
            Caffeine.newBuilder().maximumSize(1000).build();

    StripePrices(StripeApi stripe, CurrentCatalog catalog, Session database) {
        this.stripe = stripe;
        this.catalog = catalog;
        this.database = database;
    }

    /** The price to sell a plan at; asks Stripe where it was not asked lately. */
    String priceIdFor(PlanInterval wanted) {
        String known = remembered.getIfPresent(wanted);
        if (known != null) {
            return known;
        }
        String key = StripeTranslation.lookupKey(wanted.plan, wanted.interval);
        Price price = stripe.activePrice(key).orElseThrow(() -> {
            Log.errorf("Stripe has no active price with the lookup key %s: the plan cannot be sold", key);
            return Problem.unavailable("price of this plan");
        });
        tellDifference(wanted, price);
        bind(price.getId(), wanted);
        remembered.put(wanted, price.getId());
        return price.getId();
    }

    /** Has the price to sell at asked for again. */
    void invalidate(PlanInterval wanted) {
        remembered.invalidate(wanted);
    }

    /** What a price stands for; empty where it is of another app, or of nothing that we know. */
    Optional<PlanInterval> planOf(Price price) {
        if (price == null) {
            return Optional.empty();
        }
        PlanInterval known = planOf.get(price.getId(), this::stored);
        return Optional.ofNullable(known).or(() -> byLookupKey(price));
    }

    private Optional<PlanInterval> byLookupKey(Price price) {
        Optional<PlanInterval> found = catalog.get().plans().stream()
                .flatMap(plan -> plan.prices().stream().map(it -> new PlanInterval(plan.slug(), it.interval())))
                .filter(it -> StripeTranslation.lookupKey(it.plan, it.interval).equals(price.getLookupKey()))
                .findFirst();
        found.ifPresent(it -> bind(price.getId(), it));
        return found;
    }

    @Transactional
    PlanInterval stored(String price) {
        List<Object[]> rows = database.createNativeQuery(
                        "select plan, billing_interval from stripe_price where id = :price", Object[].class)
                .setParameter("price", price)
                .getResultList();
        return rows.stream()
                .findFirst()
                .map(row -> new PlanInterval((String) row[0], BillingInterval.valueOf((String) row[1])))
                .orElse(null);
    }

    @Transactional
    void bind(String price, PlanInterval wanted) {
        database.createNativeMutationQuery("""
                        insert into stripe_price (id, plan, billing_interval) values (:id, :plan, :interval)
                        on conflict do nothing
                        """)
                .setParameter("id", price)
                .setParameter("plan", wanted.plan)
                .setParameter("interval", wanted.interval.name())
                .executeUpdate();
        planOf.invalidate(price);
    }

    private void tellDifference(PlanInterval wanted, Price price) {
        Optional<Money> ours = catalog.get()
                .plan(wanted.plan)
                .map(Plan::prices)
                .flatMap(prices -> prices.stream()
                        .filter(it -> it.interval() == wanted.interval)
                        .findFirst())
                .map(it -> it.price());
        boolean same = ours.filter(it -> Long.valueOf(it.amount()).equals(price.getUnitAmount())
                        && it.currency().equals(price.getCurrency()))
                .isPresent();
        if (!same) {
            Log.warnf(
                    "The plan %s is offered at another price (%s) than Stripe charges (%s)",
                    wanted.plan, wanted.interval, price.getId());
        }
    }
}
