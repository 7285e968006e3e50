package dev.gatefold.billing.queue;

import java.time.Instant;
import java.util.List;

/**
 * What a comparison with Stripe came to.
 *
 * @param subscriptions that Stripe has
 * @param foreign of these, how many are not ours
 * @param drift how many were other than we knew; should be none
 * @param repaired of these, the first hundred
 * @param undelivered events that had not reached us, and now have
 * @param failures what could not be compared; the next comparison tries again
 */
record ReconciliationReport(
        Instant startedAt,
        Instant finishedAt,
        int subscriptions,
        int foreign,
        int drift,
        List<String> repaired,
        int undelivered,
        List<String> failures) {}
