package dev.gatefold.billing.queue;

/**
 * What the queue needs from a billing provider. Methods that call the provider block, must run outside a transaction, and
 * throw {@link ProviderFailure}.
 */
public interface ProviderWork {
    /** Returns how many workers of one replica may run at the same time; at least 1. */
    int concurrency();

    /** Returns true while the provider asks for a pause, because it received too many requests. */
    boolean isPaused();

    /** Finds the subscriptions that an event may have changed. */
    EventRoute route(InboxEvent event);

    /** Fetches and records a subscription, concludes the events that wait for it and completes the lease. */
    SyncResult sync(WorkLease lease);

    /** Sends the account's e-mail address to a customer at the provider, and completes the lease. */
    void updateCustomer(WorkLease lease);

    /** Compares all subscriptions with the provider and records what differs. */
    void reconcile(ReconciliationRun run);
}
