package dev.gatefold.catalog.model;

/** How often a price is paid. */
public enum BillingInterval {
    MONTH,
    YEAR
}
