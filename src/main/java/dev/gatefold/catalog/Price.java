package dev.gatefold.catalog;

import dev.gatefold.kernel.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a plan costs, each time it is paid. */
@Schema(requiredProperties = {"interval", "price"})
public record Price(Interval interval, Money price) {}
