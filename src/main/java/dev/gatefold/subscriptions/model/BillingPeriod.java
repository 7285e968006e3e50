package dev.gatefold.subscriptions.model;

import dev.gatefold.catalog.model.BillingInterval;

/**
 * How often a subscription is charged, such as every six months. Plans are sold by month and year, but a subscription can have
 * any price of the provider.
 *
 * @param count units in a period, at least 1
 */
public record BillingPeriod(Unit unit, int count) {
    /** The calendar unit of a billing period. */
    public enum Unit {
        DAY,
        WEEK,
        MONTH,
        YEAR
    }

    public BillingPeriod {
        if (count < 1) {
            throw new IllegalArgumentException("A billing period must have at least one unit: " + count);
        }
    }

    /** Returns the period of an interval that plans are sold with. */
    public static BillingPeriod of(BillingInterval interval) {
        return new BillingPeriod(Unit.valueOf(interval.name()), 1);
    }
}
