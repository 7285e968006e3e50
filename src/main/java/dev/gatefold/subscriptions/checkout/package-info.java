/** The way from a chosen plan to the provider's payment page and back. */
package dev.gatefold.subscriptions.checkout;
