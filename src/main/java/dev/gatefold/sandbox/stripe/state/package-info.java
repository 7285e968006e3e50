/** The objects of the Stripe sandbox, and the lists, expansions and idempotent replies that are derived from them. */
package dev.gatefold.sandbox.stripe.state;
