package dev.gatefold.billing.queue;

import dev.gatefold.subscriptions.model.ProviderName;
import jakarta.persistence.Tuple;

/**
 * A stored event, as far as routing needs it.
 *
 * @param objectType type of the object that the event is about; null if it names none
 * @param objectId id of that object; null if the event names none
 * @param customer customer that the event names; null if it names none
 * @param subscription subscription that the event names; null if it names none
 * @param charge charge that was refunded or disputed; null if the event is not about one
 */
public record InboxEvent(
        ProviderName provider,
        String id,
        String type,
        String objectType,
        String objectId,
        String customer,
        String subscription,
        String charge) {
    static InboxEvent of(Tuple row) {
        return new InboxEvent(
                ProviderName.valueOf(row.get("provider", String.class)),
                row.get("event_id", String.class),
                row.get("event_type", String.class),
                row.get("object_type", String.class),
                row.get("object_id", String.class),
                row.get("customer_id", String.class),
                row.get("subscription_id", String.class),
                row.get("charge_id", String.class));
    }
}
