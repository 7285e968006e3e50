package dev.gatefold.billing.stripe;

import java.time.Instant;

/**
 * What became of a payment after it was made.
 *
 * @param refundedAt when the whole of it was given back; null where it was not
 * @param disputedAt since when it is disputed, or lost; null where neither
 */
record PaymentReversal(Instant refundedAt, Instant disputedAt) {
    static final PaymentReversal NONE = new PaymentReversal(null, null);
}
