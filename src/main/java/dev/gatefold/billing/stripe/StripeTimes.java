package dev.gatefold.billing.stripe;

import java.time.Instant;

/** Converts Stripe's times, which are seconds since the epoch. */
final class StripeTimes {
    private StripeTimes() {}

    /** Returns the instant, or null for null. */
    static Instant instant(Long epochSecond) {
        return epochSecond == null ? null : Instant.ofEpochSecond(epochSecond);
    }
}
