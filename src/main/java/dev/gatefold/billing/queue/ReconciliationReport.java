package dev.gatefold.billing.queue;

import java.time.Instant;
import java.util.List;

/**
 * The result of a reconciliation.
 *
 * @param subscriptions number of subscriptions that the provider has
 * @param foreign how many of them belong to no known account or plan
 * @param drift how many had changed without an event; should be 0
 * @param repaired ids of the first hundred of these; they are recorded now
 * @param undelivered number of events that the provider could not deliver before and that are stored now
 * @param failures first hundred comparisons that failed; the next reconciliation repeats them
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
