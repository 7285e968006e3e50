/**
 * What a developer needs round the service and an operator brings along: a PostgreSQL, an issuer of tokens, a Stripe, a
 * clock that can be moved, readers to be. In development and tests only; the build takes this package out before it
 * packages the service, and nothing else may import it.
 */
package dev.gatefold.sandbox;
