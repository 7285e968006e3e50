package dev.gatefold.billing.queue;

import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The metrics of webhooks, inbox and reconciliation. */
@Singleton
public class BillingMetrics {
    /** The result of receiving a webhook delivery. */
    public enum WebhookDelivery {
        NEW,
        DUPLICATE,
        REJECTED
    }

    private final MeterRegistry registry;
    private final Inbox inbox;
    private final DatabaseCircuitBreaker database;
    /** The system clock, because the database stores the time of receipt by its own clock. */
    private final Clock clock = Clock.systemUTC();

    private final AtomicLong lagSeconds = new AtomicLong();
    private final Counter drift;

    BillingMetrics(MeterRegistry registry, Inbox inbox, DatabaseCircuitBreaker database) {
        this.registry = registry;
        this.inbox = inbox;
        this.database = database;
        Gauge.builder("gatefold.inbox.lag.seconds", lagSeconds, AtomicLong::get)
                .description("Age of the oldest event that has not been handled; 0 if there is none")
                .baseUnit("seconds")
                .register(registry);
        drift = Counter.builder("gatefold.billing.drift")
                .description("Subscriptions whose changes reconciliation found without an event; should be zero")
                .register(registry);
        for (WebhookDelivery delivery : WebhookDelivery.values()) {
            counter(delivery);
        }
        for (InboxOutcome outcome : InboxOutcome.values()) {
            counter(outcome);
        }
    }

    private Counter counter(WebhookDelivery delivery) {
        return Counter.builder("gatefold.webhook.deliveries")
                .description("Webhook deliveries received, by result")
                .tag("delivery", delivery.name())
                .register(registry);
    }

    private Counter counter(InboxOutcome outcome) {
        return Counter.builder("gatefold.inbox.events")
                .description("Executed queue items, by outcome; one sync can handle several events")
                .tag("outcome", outcome.name())
                .register(registry);
    }

    /** Counts a webhook delivery. */
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
    void measureLag() {
        Optional<Instant> oldest = database.callOrElse(inbox::oldestPendingSince, Optional::empty);
        lagSeconds.set(
                oldest.map(since -> Duration.between(since, clock.instant()).toSeconds())
                        .orElse(0L));
    }
}
