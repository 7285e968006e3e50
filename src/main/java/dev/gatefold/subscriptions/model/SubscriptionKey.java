package dev.gatefold.subscriptions.model;

/**
 * The primary key of a subscription.
 *
 * @param provider the billing provider that owns the subscription
 * @param id id of the subscription at the provider, unique only there
 */
public record SubscriptionKey(ProviderName provider, String id) {}
