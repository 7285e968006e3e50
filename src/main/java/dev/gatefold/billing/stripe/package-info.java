/**
 * The billing provider Stripe. Implements {@link dev.gatefold.subscriptions.model.BillingProvider} ({@code StripeBilling})
 * and {@link dev.gatefold.billing.queue.ProviderWork} ({@code StripeWork}). Uses {@code customer} and {@code queue}, which
 * do not use it.
 *
 * <p>Reading order for an event: {@code StripeWebhookResource}, {@code StripeEventParser}, {@code WebhookIngest},
 * {@code EventRouter}, {@code SubscriptionSync}, {@code SnapshotTranslation}, {@code SubscriptionRecorder}.
 */
package dev.gatefold.billing.stripe;
