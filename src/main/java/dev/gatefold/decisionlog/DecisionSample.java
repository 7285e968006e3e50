package dev.gatefold.decisionlog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.gatefold.access.Reason;
import dev.gatefold.access.decide.AccessOperation;
import dev.gatefold.access.decide.PaywallQuery;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.entitlements.Standing;
import java.time.Instant;
import java.util.UUID;

/**
 * A recorded decision with the input of the decision function, so that it can be decided again under other policies. It
 * contains neither the reader nor the article. They can be found only with our secret key, or by the stored reads.
 *
 * @param id id of the decision
 * @param at instant of the decision
 * @param holder pseudonym of the reader; null for an anonymous reader
 * @param source slug of the source
 * @param rule version of the rule that decided
 */
public record DecisionSample(
        UUID id,
        Instant at,
        AccessOperation call,
        String holder,
        String source,
        int rule,
        Reason reason,
        SampledInput facts) {
    /** Returns the query of the decision. */
    @JsonIgnore
    PaywallQuery toPaywallQuery(Catalog catalog) {
        return facts.toPaywallQuery(catalog, source, at);
    }

    /** Returns the standing of the reader at the time of the decision. */
    @JsonIgnore
    Standing toStanding() {
        return facts.toStanding(source, at);
    }
}
