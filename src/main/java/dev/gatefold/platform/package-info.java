/**
 * Infrastructure that every module uses: the database circuit breaker, secret files, cache invalidation between
 * replicas, and request tracing. Knows no other module but {@link dev.gatefold.kernel}.
 */
package dev.gatefold.platform;
