package dev.gatefold.billing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.stripe.model.Price;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.Interval;
import dev.gatefold.catalog.Plan;
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
class Prices {
    /** What a price stands for. */
    record Bound(String plan, Interval interval) {}

    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final StripeApi stripe;
    private final CurrentCatalog catalog;
    private final Session database;
    private final Cache<Bound, String> remembered =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(1000).build();
    private final Cache<String, Bound> bound =
            Caffeine.newBuilder().maximumSize(1000).build();

    Prices(StripeApi stripe, CurrentCatalog catalog, Session database) {
        this.stripe = stripe;
        this.catalog = catalog;
        this.database = database;
    }

    /** The price to sell a plan at; asks Stripe where it was not asked lately. */
    String priceOf(Bound wanted) {
        String known = remembered.getIfPresent(wanted);
        if (known != null) {
            return known;
        }
        String key = StripeTranslation.lookupKey(wanted.plan, wanted.interval);
        Price price = stripe.priceOf(key).orElseThrow(() -> {
            Log.errorf("Stripe has no active price with the lookup key %s: the plan cannot be sold", key);
            return Problem.unavailable("price of this plan");
        });
        tellDifference(wanted, price);
        bind(price.getId(), wanted);
        remembered.put(wanted, price.getId());
        return price.getId();
    }

    /** Has the price to sell at asked for again. */
    void forget(Bound wanted) {
        remembered.invalidate(wanted);
    }

    /** What a price stands for; empty where it is of another app, or of nothing that we know. */
    Optional<Bound> bound(Price price) {
        if (price == null) {
            return Optional.empty();
        }
        Bound known = bound.get(price.getId(), this::stored);
        return Optional.ofNullable(known).or(() -> byLookupKey(price));
    }

    private Optional<Bound> byLookupKey(Price price) {
        Optional<Bound> found = catalog.get().plans().stream()
                .flatMap(plan -> plan.prices().stream().map(it -> new Bound(plan.slug(), it.interval())))
                .filter(it -> StripeTranslation.lookupKey(it.plan, it.interval).equals(price.getLookupKey()))
                .findFirst();
        found.ifPresent(it -> bind(price.getId(), it));
        return found;
    }

    @Transactional
    Bound stored(String price) {
        List<Object[]> rows = database.createNativeQuery(
                        "select plan, \"interval\" from bound_price where id = :price", Object[].class)
                .setParameter("price", price)
                .getResultList();
        return rows.stream()
                .findFirst()
                .map(row -> new Bound((String) row[0], Interval.valueOf((String) row[1])))
                .orElse(null);
    }

    @Transactional
    void bind(String price, Bound wanted) {
        database.createNativeMutationQuery(
                        "insert into bound_price (id, plan, \"interval\") values (:id, :plan, :interval) on conflict do nothing")
                .setParameter("id", price)
                .setParameter("plan", wanted.plan)
                .setParameter("interval", wanted.interval.name())
                .executeUpdate();
        bound.invalidate(price);
    }

    private void tellDifference(Bound wanted, Price price) {
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
