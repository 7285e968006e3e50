/** The endpoints under {@code /controls} that make the Stripe sandbox do what Stripe offers no API for. */
package dev.gatefold.sandbox.stripe.control;
