package dev.gatefold.catalog.model;

import dev.gatefold.kernel.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A price of a plan.
 *
 * @param interval how often the price is charged
 * @param price the amount of each charge
 */
@Schema(requiredProperties = {"interval", "price"})
public record PlanPrice(BillingInterval interval, Money price) {}
