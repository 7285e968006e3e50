package dev.gatefold.billing.queue;

/**
 * The result of a sync, which becomes the outcome of the events that waited for it.
 *
 * @param detail explanation of the outcome for operators
 * @param customer the subscription's customer at the provider; null if the provider does not have the subscription
 */
public record SyncResult(InboxOutcome outcome, String detail, String customer) {}
