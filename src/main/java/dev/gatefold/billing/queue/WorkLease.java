package dev.gatefold.billing.queue;

import jakarta.persistence.Tuple;
import java.util.List;
import java.util.UUID;

/**
 * The exclusive right to work on an item for a limited time.
 *
 * @param version the requested version at the time of the lease; completing the lease covers it and all lower ones
 * @param syncNumber a number that orders syncs over all replicas, drawn with the lease and so before any fetch
 * @param attempts attempts since the item was requested, including this one; at least 1
 * @param traceparents the W3C trace contexts of the deliveries that wait for the item, oldest first
 */
public record WorkLease(
        UUID id, WorkItem item, long version, long syncNumber, int attempts, List<String> traceparents) {
    static WorkLease of(UUID id, WorkItem item, Tuple row) {
        return new WorkLease(
                id,
                item,
                row.get("requested_version", Number.class).longValue(),
                row.get("sync_number", Number.class).longValue(),
                row.get("attempt_count", Number.class).intValue(),
                List.of(row.get("traceparents", String[].class)));
    }
}
