/**
 * A Stripe small enough to read, with a memory: customers, Checkout, subscriptions that live by the service's clock,
 * invoices, refunds, disputes, and the webhooks that tell of it all. It speaks Stripe's wire format (2026-07-29.dahlia)
 * to Stripe's own client, and can be slow, wrong or down. It owns nothing of Gatefold and imports nothing of it.
 */
package dev.gatefold.sandbox.stripe;
