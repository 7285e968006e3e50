package dev.gatefold.billing;

import java.time.Instant;

/**
 * What became of a payment after it was made.
 *
 * @param refundedAt when the whole of it was given back; null where it was not
 * @param disputedAt since when it is disputed, or lost; null where neither
 */
record Contest(Instant refundedAt, Instant disputedAt) {
    static final Contest NONE = new Contest(null, null);
}
