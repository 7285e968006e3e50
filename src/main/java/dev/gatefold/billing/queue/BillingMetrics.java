package dev.gatefold.billing.queue;

import dev.gatefold.platform.database.DatabaseCircuitBreaker;
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
public class BillingMetrics {
    /** How a delivery was received. */
    public enum WebhookDelivery {
        NEW,
        DUPLICATE,
        REJECTED
    }

    private final MeterRegistry metrics;
    private final Inbox inbox;
    private final DatabaseCircuitBreaker reach;
    private final Clock machine = Clock.systemUTC();
    private final AtomicLong lag = new AtomicLong();
    private final Counter drift;

    BillingMetrics(MeterRegistry metrics, Inbox inbox, DatabaseCircuitBreaker reach) {
        this.metrics = metrics;
        this.inbox = inbox;
        this.reach = reach;
        metrics.gauge("gatefold.inbox.lag.seconds", lag);
        drift = Counter.builder("gatefold.billing.drift")
                .description("Subscriptions that were found to be other than events had told; should be zero")
                .register(metrics);
        for (WebhookDelivery delivery : WebhookDelivery.values()) {
            counter(delivery);
        }
        for (InboxOutcome outcome : InboxOutcome.values()) {
            counter(outcome);
        }
    }

    private Counter counter(WebhookDelivery delivery) {
        return metrics.counter("gatefold.webhook.deliveries", "delivery", delivery.name());
    }

    private Counter counter(InboxOutcome outcome) {
        return metrics.counter("gatefold.inbox.events", "outcome", outcome.name());
    }

    public void countDelivery(WebhookDelivery delivery) {
        counter(delivery).increment();
    }

    void countOutcome(InboxOutcome outcome) {
        counter(outcome).increment();
    }

    void countDrift() {
        drift.increment();
    }

    @Scheduled(every = "10s")
    void measure() {
        Optional<Instant> oldest = reach.callOrElse(inbox::oldestPendingSince, Optional::empty);
        lag.set(oldest.map(since -> Duration.between(since, machine.instant()).toSeconds())
                .orElse(0L));
    }
}
