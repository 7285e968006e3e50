package dev.gatefold.catalog.rules;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.catalog.model.SectionPath;
import java.time.Instant;

/**
 * A policy that holds for a source, or for one of its sections, from an instant on. It is never changed: another is put
 * beside it, and of those that hold, the one that began last counts.
 *
 * @param version its number among the rules of its source, in the order in which they were made
 * @param section of the source, with all that stands in it; empty for the whole
 * @param until the first instant at which it no longer holds; null where it has no end
 * @param fromTable whether the table of the sources says so
 * @param withdrawnAt from then on it does not hold, whatever was planned; null where nobody took it back
 * @param note why it was made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rule(
        int version,
        String section,
        Instant from,
        Instant until,
        Policy policy,
        boolean fromTable,
        Instant decidedAt,
        Instant withdrawnAt,
        String note) {
    /** The policy that a source has had for ever, before it got any other. */
    public static Rule initial(Policy policy) {
        return new Rule(1, SectionPath.WHOLE_SOURCE, Instant.EPOCH, null, policy, true, Instant.EPOCH, null, null);
    }

    /** A policy that nobody has decided, as if it had always held. */
    public static Rule hypothetical(String section, Policy policy) {
        return new Rule(0, section, Instant.EPOCH, null, policy, false, Instant.EPOCH, null, null);
    }

    boolean isEffectiveAt(Instant at) {
        return !at.isBefore(from) && at.isBefore(effectiveUntil());
    }

    /** Far away where it has no end. */
    Instant effectiveUntil() {
        Instant planned = until == null ? Instant.MAX : until;
        return withdrawnAt == null || planned.isBefore(withdrawnAt) ? planned : withdrawnAt;
    }
}
