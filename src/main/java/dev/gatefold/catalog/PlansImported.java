package dev.gatefold.catalog;

/** CDI event after an operator has imported plans. The comparison with the billing provider observes it. */
public record PlansImported() {}
