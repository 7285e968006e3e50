package dev.gatefold.catalog;

/** How often a price is paid. */
public enum Interval {
    MONTH,
    YEAR
}
