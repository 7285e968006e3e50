package dev.gatefold.catalog.rules;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.catalog.model.SectionPath;
import dev.gatefold.kernel.InstantParser;
import dev.gatefold.kernel.Problem;
import java.time.Instant;

/**
 * A request to create a {@link Rule}.
 *
 * @param section path of the section, at most 200 characters; null for the whole source
 * @param from start of the term, inclusive and not in the past; null for now
 * @param until end of the term, exclusive; null for no end
 * @param policy the policy; required
 * @param note the reason, at most 500 characters; may be null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuleDraft(String section, Instant from, Instant until, Policy policy, String note) {
    private static final int MAX_SECTION_LENGTH = 200;
    private static final int MAX_NOTE_LENGTH = 500;

    /**
     * Validates the draft and returns the rule.
     *
     * @param version number of the rule
     * @param pointer JSON pointer of this draft in the request, for problems
     * @throws Problem {@code invalid-input} if a value is missing or out of range
     */
    public Rule toRule(int version, Instant now, String pointer) {
        validateTexts(pointer);
        validateTerm(now, pointer);
        return new Rule(
                version,
                section == null ? SectionPath.WHOLE_SOURCE : SectionPath.normalize(section),
                from == null ? now : from,
                until,
                policy,
                false,
                now,
                null,
                note);
    }

    private void validateTexts(String pointer) {
        check(policy != null, pointer + "/policy", "is missing");
        check(
                section == null || section.length() <= MAX_SECTION_LENGTH,
                pointer + "/section",
                "is longer than " + MAX_SECTION_LENGTH + " characters");
        check(
                section == null || section.chars().noneMatch(Character::isISOControl),
                pointer + "/section",
                "contains control characters");
        check(
                note == null || note.length() <= MAX_NOTE_LENGTH,
                pointer + "/note",
                "is longer than " + MAX_NOTE_LENGTH + " characters");
    }

    private void validateTerm(Instant now, String pointer) {
        check(isInRange(from), pointer + "/from", "must be between 1900 and 2200");
        check(isInRange(until), pointer + "/until", "must be between 1900 and 2200; omit it for no end");
        // a rule in the past would contradict decisions that readers have already received
        check(from == null || !from.isBefore(now), pointer + "/from", "must not be in the past");
        check(
                until == null || until.isAfter(from == null ? now : from),
                pointer + "/until",
                "must be after the start of the rule");
    }

    private static boolean isInRange(Instant instant) {
        return instant == null || InstantParser.normalize(instant).isPresent();
    }

    private static void check(boolean isValid, String pointer, String detail) {
        if (!isValid) {
            throw Problem.invalid(pointer, detail);
        }
    }
}
