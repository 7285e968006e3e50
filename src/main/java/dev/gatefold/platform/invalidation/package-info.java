/**
 * Invalidates caches on all replicas within one second of a change. Owns the table {@code cache_invalidation}.
 *
 * <p>Triggers insert a row for each changed value and notify all replicas. A notification carries no data, may be lost or
 * repeated, and only starts a query; replicas also query twice per second without one. The query returns exactly what was
 * committed since the snapshot of the query before. A module may cache a value while the
 * {@link dev.gatefold.platform.invalidation.FreshnessWindow} in which it was read lasts, otherwise for one second. This
 * package does not know what modules cache.
 *
 * <p>Read {@link dev.gatefold.platform.invalidation.CacheInvalidationListener} first. Facts:
 * {@link dev.gatefold.platform.invalidation.CacheInvalidation},
 * {@link dev.gatefold.platform.invalidation.FreshnessWindowOpened}.
 */
package dev.gatefold.platform.invalidation;
