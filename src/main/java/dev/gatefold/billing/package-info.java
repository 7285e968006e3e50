/**
 * Stripe, and nothing outside this room knows it. An event is a doorbell and not a letter: it is verified, stored and
 * acknowledged; then whatever it is about is fetched and recorded whole, so that order, repetition and loss of events do
 * not matter. Owns the tables {@code inbox_event}, {@code event_dependency}, {@code sync_queue}, {@code customer}, {@code stripe_price},
 * {@code payment_reversal}, {@code stripe_idempotency_failure} and {@code reconciliation}. Does not own what a subscription entitles to.
 *
 * <p>To follow an event, read {@code StripeWebhookResource}, {@code Reception}, {@code Worker}, {@code Tracing},
 * {@code Sync}, {@code StripeTranslation}; {@code Reconciler} does without events.
 */
package dev.gatefold.billing;
