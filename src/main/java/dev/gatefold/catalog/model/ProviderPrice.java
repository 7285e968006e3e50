package dev.gatefold.catalog.model;

import dev.gatefold.kernel.Money;

/**
 * What the billing provider charges for a plan and interval, as last compared.
 *
 * @param plan slug of the plan
 * @param priceId id of the active price at the provider; null if there is none
 * @param price the amount of each charge; null if the provider's price has no fixed amount in whole minor units, or another
 *     billing period
 */
public record ProviderPrice(String plan, BillingInterval interval, String priceId, Money price) {
    /** Returns true if the provider can charge for the plan and interval at all. */
    public boolean isActive() {
        return priceId != null;
    }
}
