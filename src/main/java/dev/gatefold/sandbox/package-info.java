/**
 * Stand-ins for what operators provide in production: a PostgreSQL server, an OpenID provider, Stripe, and demo readers. The
 * module exists in development and tests only. The build removes it before it packages the service, so no other module
 * imports it. It has no tables.
 *
 * <p>Reading order: {@link dev.gatefold.sandbox.SandboxMain} starts the stand-ins before the service, {@code control} and
 * {@code demo} are endpoints inside the service, and {@code stripe} is a server that the service calls over HTTP.
 */
package dev.gatefold.sandbox;
