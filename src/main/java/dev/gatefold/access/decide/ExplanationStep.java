package dev.gatefold.access.decide;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One step of the explanation of a decision: a rule, an entitlement, or, if both are null, a bypass or a meter.
 *
 * @param rule source, section and version of a rule, for example {@code toms-guide/reviews v3}; null for other steps
 * @param grant basis and coverage of an entitlement, for example {@code TRIAL of plan membership}; null for other steps
 * @param why reason of the outcome, in English
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExplanationStep(String rule, String grant, ExplanationOutcome outcome, String why) {
    /** Effect of a step on the decision. */
    @Schema(name = "ExplanationOutcome")
    public enum ExplanationOutcome {
        /** The step led to the decision. */
        DECIDED,
        /** The step would open the article too. */
        OPENS,
        /** The step has no effect on the decision. */
        NO_MATTER
    }

    static ExplanationStep decided(String why) {
        return new ExplanationStep(null, null, ExplanationOutcome.DECIDED, why);
    }

    static ExplanationStep rule(String rule, ExplanationOutcome outcome, String why) {
        return new ExplanationStep(rule, null, outcome, why);
    }

    static ExplanationStep grant(String grant, ExplanationOutcome outcome, String why) {
        return new ExplanationStep(null, grant, outcome, why);
    }
}
