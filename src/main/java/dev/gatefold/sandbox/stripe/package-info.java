/**
 * A stateful stand-in for Stripe: customers, Checkout, subscriptions that follow the clock of the service, invoices, refunds,
 * disputes, and webhooks about all of them. It speaks Stripe's wire format (version 2026-07-29.dahlia) to Stripe's own client
 * library, and can be made slow, faulty or unreachable. It uses no other module of Gatefold.
 *
 * <p>Sub-packages, each using only the ones before it: {@code http} (requests, forms, errors), {@code state} (the objects),
 * {@code webhooks} (events and their delivery), {@code billing} (invoices, payments and what happens over time), {@code api}
 * (endpoints under {@code /v1}), {@code control} (endpoints under {@code /controls}), {@code pages} (Checkout, portal,
 * console).
 *
 * <p>Reading order: {@link dev.gatefold.sandbox.stripe.StripeSandbox}, {@code SandboxApiHandler}, {@code SandboxSubscriptions},
 * {@code SandboxLifecycle}, {@code SandboxWebhookDeliveries}.
 */
package dev.gatefold.sandbox.stripe;
