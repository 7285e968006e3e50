package dev.gatefold.subscriptions.model;

import java.time.Instant;
import java.util.UUID;

/**
 * The event that a free trial or a subscription of an account has begun, so that a payment page left open would sell a second
 * time. Fired in the transaction that records the beginning.
 */
public record CheckoutSuperseded(UUID account, Instant at) {}
