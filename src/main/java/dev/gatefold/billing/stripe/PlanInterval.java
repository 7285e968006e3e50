package dev.gatefold.billing.stripe;

import dev.gatefold.catalog.model.BillingInterval;
import java.util.Locale;

/** A plan with a billing interval, which one active price of Stripe stands for. */
record PlanInterval(String plan, BillingInterval interval) {
    /** Returns the lookup key of the price, such as {@code membership_month}. */
    String lookupKey() {
        return plan + "_" + interval.name().toLowerCase(Locale.ROOT);
    }
}
