package dev.gatefold.billing.stripe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.stripe.model.Price;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.type.StandardBasicTypes;

/**
 * The stored plans of prices and products. The plan of a price is stored once and never changes, because its lookup key can
 * move to a new price while existing subscriptions keep the old one.
 */
@Singleton
class PriceBindings {
    private static final int CACHE_SIZE = 1000;

    private final Session database;
    private final Cache<String, String> plans =
            Caffeine.newBuilder().maximumSize(CACHE_SIZE).build();

    PriceBindings(Session database) {
        this.database = database;
    }

    /** Returns the plan that the price was bound to, or empty if it was not. */
    Optional<String> planOfPrice(Price price) {
        return Optional.ofNullable(plans.get(price.getId(), this::storedPlan));
    }

    @Transactional
    String storedPlan(String price) {
        return database
                .createNativeQuery("select plan from stripe_price where id = :price", String.class)
                .setParameter("price", price)
                .getResultList()
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** Returns the plan of the product's other prices, or empty if they stand for none or for several. */
    @Transactional
    Optional<String> planOfProduct(String product) {
        List<String> found = database.createNativeQuery(
                        "select distinct plan from stripe_price where product_id = :product", String.class)
                .setParameter("product", product)
                .getResultList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** Binds a price and its product to a plan. The plan of a price that is already bound does not change. */
    @Transactional
    void bind(Price price, PlanInterval plan) {
        database.createNativeMutationQuery("""
                        insert into stripe_price (id, plan, billing_interval, product_id)
                        values (:id, :plan, :interval, :product)
                        on conflict (id) do update set product_id = excluded.product_id
                        where stripe_price.product_id is null and excluded.product_id is not null
                        """)
                .setParameter("id", price.getId())
                .setParameter("plan", plan.plan())
                .setParameter("interval", plan.interval().name())
                .setParameter("product", price.getProduct(), StandardBasicTypes.STRING)
                .executeUpdate();
        plans.invalidate(price.getId());
    }
}
