package dev.gatefold.subscriptions.model;

/** A billing provider, as the columns {@code provider} name it. Each constant has an implementation of {@link BillingProvider}. */
public enum ProviderName {
    STRIPE
}
