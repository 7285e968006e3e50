/** The endpoints of the Stripe API that Gatefold uses. */
package dev.gatefold.sandbox.stripe.api;
