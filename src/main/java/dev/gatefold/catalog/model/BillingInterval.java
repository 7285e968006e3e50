package dev.gatefold.catalog.model;

/** How often a price is charged. */
public enum BillingInterval {
    /** Every calendar month. */
    MONTH,
    /** Every calendar year. */
    YEAR
}
