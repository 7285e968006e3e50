package dev.gatefold.catalog.rules;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.catalog.model.SectionPath;
import java.time.Instant;

/**
 * A policy that is effective from an instant, for a source or one of its sections. Rules are never edited: a change adds
 * a rule, and of the effective rules for a section the one that began last applies.
 *
 * @param version number among the rules of the source, from 1 in the order of creation
 * @param section path of the section, including its subsections; empty for the whole source
 * @param from start of the term, inclusive
 * @param until end of the term, exclusive; null for no end
 * @param fromTable true if the import of sources created the rule
 * @param decidedAt when the rule was created
 * @param withdrawnAt when the rule was withdrawn, which ends its term; null if it was not
 * @param note the reason, as written by the editor; null if there is none
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
    /** Returns the first rule of a source: the policy for all time. */
    public static Rule initial(Policy policy) {
        return new Rule(1, SectionPath.WHOLE_SOURCE, Instant.EPOCH, null, policy, true, Instant.EPOCH, null, null);
    }

    /** Returns a rule for a dry run: a policy that is not stored, as if it had always been effective. */
    public static Rule hypothetical(String section, Policy policy) {
        return new Rule(0, section, Instant.EPOCH, null, policy, false, Instant.EPOCH, null, null);
    }

    boolean isEffectiveAt(Instant at) {
        return !at.isBefore(from) && at.isBefore(effectiveUntil());
    }

    /** Returns the end of the term, exclusive, with regard to the withdrawal; {@link Instant#MAX} for no end. */
    Instant effectiveUntil() {
        Instant planned = until == null ? Instant.MAX : until;
        return withdrawnAt == null || planned.isBefore(withdrawnAt) ? planned : withdrawnAt;
    }
}
