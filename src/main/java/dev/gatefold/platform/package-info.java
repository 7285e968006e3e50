/**
 * Infrastructure that every module may use: the database circuit breaker and schema migration, secret files, cache
 * invalidation between replicas, request tracing, and checks at start. Owns the table {@code cache_invalidation}. Depends
 * on {@link dev.gatefold.kernel} only.
 */
package dev.gatefold.platform;
