/**
 * Sources, their access rules, and the plans that are sold, as an immutable snapshot in memory.
 *
 * <p>Owns the tables {@code source}, {@code source_host}, {@code access_rule}, {@code plan}, {@code price},
 * {@code provider_price} and {@code catalog_revision}. Every change increments the only row of {@code catalog_revision}, whose trigger invalidates
 * the snapshot of every replica. Does not know readers, and never fetches an article URL.
 *
 * <p>Reading order: {@link dev.gatefold.catalog.CurrentCatalog} holds the {@link dev.gatefold.catalog.Catalog};
 * {@code rules} decides which policy is effective, {@code urls} finds the source of a URL, {@code tables} imports.
 */
package dev.gatefold.catalog;
