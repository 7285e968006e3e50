package dev.gatefold.catalog.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.kernel.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A price of a plan.
 *
 * @param interval how often the price is charged
 * @param price the amount of each charge; null if the billing provider's price has no fixed amount
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"interval"})
public record PlanPrice(
        BillingInterval interval,

        @Schema(
                description = "The amount of each charge, as the payment provider states it; "
                        + "missing if the provider's price has no fixed amount")
        Money price) {}
