package dev.gatefold.billing;

import dev.gatefold.kernel.Reach;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What operators see of this room. */
@Singleton
class BillingMetrics {
    /** How a delivery was received. */
    enum Delivery {
        NEW,
        AGAIN,
        REFUSED
    }

    private final MeterRegistry metrics;
    private final Inbox inbox;
    private final Reach reach;
    private final Clock machine = Clock.systemUTC();
    private final AtomicLong lag = new AtomicLong();
    private final Counter drift;

    BillingMetrics(MeterRegistry metrics, Inbox inbox, Reach reach) {
        this.metrics = metrics;
        this.inbox = inbox;
        this.reach = reach;
        metrics.gauge("gatefold.inbox.lag.seconds", lag);
        drift = Counter.builder("gatefold.billing.drift")
                .description("Subscriptions that were found to be other than events had told; should be zero")
                .register(metrics);
        for (Delivery delivery : Delivery.values()) {
            counter(delivery);
        }
        for (Outcome outcome : Outcome.values()) {
            counter(outcome);
        }
    }

    private Counter counter(Delivery delivery) {
        return metrics.counter("gatefold.webhooks", "delivery", delivery.name());
    }

    private Counter counter(Outcome outcome) {
        return metrics.counter("gatefold.events", "outcome", outcome.name());
    }

    void received(Delivery delivery) {
        counter(delivery).increment();
    }

    void concluded(Outcome outcome) {
        counter(outcome).increment();
    }

    void drifted() {
        drift.increment();
    }

    @Scheduled(every = "10s")
    void measure() {
        Optional<Instant> oldest = reach.ask(inbox::oldest, Optional::empty);
        lag.set(oldest.map(since -> Duration.between(since, machine.instant()).toSeconds())
                .orElse(0L));
    }
}
