package dev.gatefold.subscriptions.model;

import dev.gatefold.catalog.model.BillingInterval;

/**
 * What a reader wants to buy.
 *
 * @param plan slug of the plan
 * @param article canonical URL of the article to return to after payment; null if none
 */
public record CheckoutSelection(String plan, BillingInterval interval, String article) {}
