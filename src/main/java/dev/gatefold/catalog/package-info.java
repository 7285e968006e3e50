/**
 * The titles, how each is closed, and what can be bought: an immutable snapshot in memory, and the index from an
 * article's address to its source. How a title is closed is a rule with a date, to which others are added and which is
 * never changed. Owns the tables {@code source}, {@code source_host}, {@code access_rule}, {@code plan} and {@code price}; knows
 * no reader. Every change counts up the one row of {@code catalog_revision}, by which replicas hear of it. Never fetches an address
 * that it is asked about.
 */
package dev.gatefold.catalog;
