package dev.gatefold.billing.queue;

import dev.gatefold.kernel.Problem;
import java.time.Instant;

/**
 * Which handled events to replay. All conditions must hold; a null condition always holds.
 *
 * @param from earliest time of receipt, inclusive
 * @param until latest time of receipt, exclusive
 */
record ReplayFilter(InboxOutcome outcome, Instant from, Instant until) {
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    void requireValid() {
        if (!isInRange(from) || !isInRange(until)) {
            throw Problem.invalid("/from", "and until must lie in the years 2000 to 2199");
        }
    }

    private static boolean isInRange(Instant instant) {
        return instant == null || (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST));
    }
}
