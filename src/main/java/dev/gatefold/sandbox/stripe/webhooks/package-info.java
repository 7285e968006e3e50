/** Events of the Stripe sandbox, and their delivery to the service. */
package dev.gatefold.sandbox.stripe.webhooks;
