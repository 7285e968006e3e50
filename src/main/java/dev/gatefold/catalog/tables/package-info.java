/**
 * Import of the catalog from TSV files, at startup and by the back office. Read
 * {@link dev.gatefold.catalog.tables.CatalogImport}, then the readers and {@link dev.gatefold.catalog.tables.TsvTable}.
 */
package dev.gatefold.catalog.tables;
