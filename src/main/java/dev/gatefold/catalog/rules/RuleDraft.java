package dev.gatefold.catalog.rules;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.catalog.model.SectionPath;
import dev.gatefold.kernel.InstantParser;
import dev.gatefold.kernel.Problem;
import java.time.Instant;

/**
 * A rule as somebody wants it.
 *
 * @param section the whole source where it is missing
 * @param from now, where it is missing; never in the past, which would change what readers were told
 * @param until without an end where it is missing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuleDraft(String section, Instant from, Instant until, Policy policy, String note) {
    private static final int LONGEST_SECTION = 200;
    private static final int LONGEST_NOTE = 500;

    /**
     * The rule that comes of it.
     *
     * @param at where in the request this stands, for telling what is wrong with it
     */
    public Rule toRule(int version, Instant now, String at) {
        check(policy != null, at + "/policy", "is missing");
        check(section == null || section.length() <= LONGEST_SECTION, at + "/section", "is too long");
        check(section == null || section.chars().noneMatch(Character::isISOControl), at + "/section", "holds controls");
        check(note == null || note.length() <= LONGEST_NOTE, at + "/note", "is longer than " + LONGEST_NOTE);
        check(from == null || InstantParser.normalize(from).isPresent(), at + "/from", "is too far away");
        check(
                until == null || InstantParser.normalize(until).isPresent(),
                at + "/until",
                "is too far away; leave it out for ever");
        check(from == null || !from.isBefore(now), at + "/from", "is past: a rule does not change what was");
        Instant begins = from == null ? now : from;
        check(until == null || until.isAfter(begins), at + "/until", "is not after the beginning");
        String place = section == null ? SectionPath.WHOLE_SOURCE : SectionPath.normalize(section);
        return new Rule(version, place, begins, until, policy, false, now, null, note);
    }

    private static void check(boolean good, String pointer, String detail) {
        if (!good) {
            throw Problem.invalid(pointer, detail);
        }
    }
}
