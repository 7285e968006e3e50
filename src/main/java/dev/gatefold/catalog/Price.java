package dev.gatefold.catalog;

import dev.gatefold.kernel.Money;

/** What a plan costs, each time it is paid. */
public record Price(Interval interval, Money price) {}
