package dev.gatefold.billing.queue;

import dev.gatefold.subscriptions.model.ProviderName;

/**
 * The key of an item in the work queue.
 *
 * @param id id of the event, subscription or customer at the provider
 */
public record WorkItem(WorkKind kind, ProviderName provider, String id) {
    /** Returns the item that stands for routing an event. */
    public static WorkItem event(ProviderName provider, String id) {
        return new WorkItem(WorkKind.EVENT, provider, id);
    }

    /** Returns the item that stands for syncing a subscription. */
    public static WorkItem subscription(ProviderName provider, String id) {
        return new WorkItem(WorkKind.SUBSCRIPTION, provider, id);
    }

    /** Returns the item that stands for updating a customer at the provider. */
    public static WorkItem customer(ProviderName provider, String id) {
        return new WorkItem(WorkKind.CUSTOMER, provider, id);
    }
}
