/**
 * Keeps the subscriptions of the service equal to those of the billing provider.
 *
 * <p>A webhook is a notification: it is verified, stored and acknowledged. A worker then fetches the subscription from the
 * provider and records it completely, so order, duplication and loss of events do not matter. Owns the tables
 * {@code inbox_event}, {@code event_dependency}, {@code billing_work}, {@code customer}, {@code stripe_price},
 * {@code payment_reversal}, {@code stripe_idempotency_failure} and {@code reconciliation}. Does not own subscriptions and
 * what they entitle to: it passes snapshots to {@link dev.gatefold.subscriptions.change.Mirror}.
 *
 * <p>Reading order: {@code stripe.StripeWebhookResource}, {@code queue.Inbox}, {@code queue.BillingWorker},
 * {@code stripe.SubscriptionSync}; {@code queue.Reconciler} for what happens without events. Dependencies between the
 * sub-packages: {@code stripe} uses {@code customer} and {@code queue}, and {@code customer} uses {@code queue}.
 */
package dev.gatefold.billing;
