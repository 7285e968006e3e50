package dev.gatefold.access.http;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.web.problems.ProblemJson;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Item of a batch response: a decision, or the reason why the article has none. */
@Schema(oneOf = {Decision.class, AccessBatchItem.FailedDecision.class})
public sealed interface AccessBatchItem {
    /** A decision, written as itself. */
    record DecisionItem(@JsonValue Decision decision) implements AccessBatchItem {}

    /** A problem of one article of the request. */
    @Schema(
            name = "FailedDecision",
            requiredProperties = {"error"})
    record FailedDecision(ProblemJson error) implements AccessBatchItem {}
}
