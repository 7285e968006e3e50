package dev.gatefold.catalog.model;

import dev.gatefold.kernel.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a plan costs, each time it is paid. */
@Schema(requiredProperties = {"interval", "price"})
public record PlanPrice(BillingInterval interval, Money price) {}
