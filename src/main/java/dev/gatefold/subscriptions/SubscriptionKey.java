package dev.gatefold.subscriptions;

/**
 * The primary key of a subscription. Ids are unique within a billing provider only.
 *
 * @param provider name of the billing provider
 * @param id of the subscription at the provider
 */
public record SubscriptionKey(String provider, String id) {}
