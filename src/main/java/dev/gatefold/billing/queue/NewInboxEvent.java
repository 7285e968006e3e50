package dev.gatefold.billing.queue;

import dev.gatefold.subscriptions.model.ProviderName;
import java.time.Instant;
import java.util.Optional;

/**
 * A verified event that a billing provider delivered. Nullable components are null if the event does not contain them.
 *
 * @param id id of the event at the provider
 * @param type the provider's event type
 * @param createdAt by the provider's clock; nullable
 * @param livemode whether the event is about real money; nullable
 * @param apiVersion version of the provider's API in which the event is written; nullable
 * @param objectType type of the object that the event is about; nullable
 * @param objectId nullable
 * @param customer customer that the event names; nullable
 * @param subscription subscription that the event names; nullable
 * @param charge charge that was refunded or disputed; nullable
 * @param ignoredBecause why the event has no effect, if that is already known
 */
public record NewInboxEvent(
        ProviderName provider,
        String id,
        String type,
        Instant createdAt,
        Boolean livemode,
        String apiVersion,
        String objectType,
        String objectId,
        String customer,
        String subscription,
        String charge,
        Optional<String> ignoredBecause) {}
