/** Subscriptions, invoices and payments of the Stripe sandbox, and what happens to them over time. */
package dev.gatefold.sandbox.stripe.billing;
