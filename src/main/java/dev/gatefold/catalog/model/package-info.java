/** Immutable values of the catalog: sources, articles, plans, sections and calendar windows. Without I/O. */
package dev.gatefold.catalog.model;
