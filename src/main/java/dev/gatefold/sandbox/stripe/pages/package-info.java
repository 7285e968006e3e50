/** The Checkout, the billing portal and the console of the Stripe sandbox, as pages without JavaScript. */
package dev.gatefold.sandbox.stripe.pages;
