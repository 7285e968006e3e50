package dev.gatefold.billing.stripe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.stripe.model.Price;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reports prices of subscriptions that stand for no plan by themselves, so that the plan had to be inferred. */
@Singleton
class UnboundPriceMonitor {
    /** Much longer than the interval of reconciliation, which reports a price that is still in use again. */
    private static final Duration REPORTED_FOR = Duration.ofDays(1);

    /** Limits the number of time series. Further prices are only logged. */
    private static final int MAX_PRICES = 100;

    private static final int MAX_LOGGED = 10_000;

    private final MeterRegistry registry;
    /** The system clock, because alerts follow real time. */
    private final InstantSource clock = InstantSource.system();

    /** The prices and subscriptions of the last log lines: reconciliation syncs each subscription every few minutes. */
    private final Cache<String, Boolean> logged = Caffeine.newBuilder()
            .expireAfterWrite(REPORTED_FOR)
            .maximumSize(MAX_LOGGED)
            .build();

    private final Map<String, Instant> lastSeen = new ConcurrentHashMap<>();

    UnboundPriceMonitor(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Reports that a subscription has a price whose plan was inferred. */
    void report(Price price, PlanResolution inferred, String subscription) {
        if (logged.asMap().putIfAbsent(price.getId() + " " + subscription, true) == null) {
            Log.errorf(
                    "Price %s of product %s in subscription %s is bound to no plan; plan %s was taken from %s",
                    price.getId(), price.getProduct(), subscription, inferred.plan(), inferred.source());
        }
        if (lastSeen.size() < MAX_PRICES && lastSeen.put(price.getId(), clock.instant()) == null) {
            Gauge.builder("gatefold.billing.unbound.prices", () -> isReported(price.getId()) ? 1 : 0)
                    .description("1 while subscriptions have a price whose plan had to be inferred")
                    .tag("price", price.getId())
                    .register(registry);
        } else {
            lastSeen.computeIfPresent(price.getId(), (id, seen) -> clock.instant());
        }
    }

    private boolean isReported(String price) {
        return lastSeen.get(price).plus(REPORTED_FOR).isAfter(clock.instant());
    }
}
