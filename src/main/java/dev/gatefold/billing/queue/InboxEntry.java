package dev.gatefold.billing.queue;

import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An event in the inbox, as operators see it. It does not contain the payload, which has personal data.
 *
 * @param createdAt when the provider created the event; null if the event does not say it
 * @param deliveries how often the provider delivered the event
 * @param attempts how often a worker routed the event; 0 if the event names its subscription itself
 * @param subscription subscription that the event names; null if it names none
 * @param outcome null until the event is handled
 * @param why explanation of the outcome or of the last failed attempt; may be null
 * @param handledAt null until the event is handled
 */
@Schema(name = "InboxEntry")
record InboxEntry(
        String event,
        String type,
        Instant createdAt,
        Instant receivedAt,
        int deliveries,
        int attempts,
        String subscription,
        InboxOutcome outcome,
        String why,
        Instant handledAt) {
    static InboxEntry of(Tuple row) {
        return new InboxEntry(
                row.get("event_id", String.class),
                row.get("event_type", String.class),
                row.get("created_at", Instant.class),
                row.get("received_at", Instant.class),
                row.get("delivery_count", Number.class).intValue(),
                row.get("attempt_count", Number.class).intValue(),
                row.get("subscription_id", String.class),
                Optional.ofNullable(row.get("outcome", String.class))
                        .map(InboxOutcome::valueOf)
                        .orElse(null),
                row.get("detail", String.class),
                row.get("handled_at", Instant.class));
    }
}
