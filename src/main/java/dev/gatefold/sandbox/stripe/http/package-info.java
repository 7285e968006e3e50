/** Requests, form encoding, errors and routes in the format of Stripe. */
package dev.gatefold.sandbox.stripe.http;
