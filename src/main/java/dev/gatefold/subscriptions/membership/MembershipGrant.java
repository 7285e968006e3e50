package dev.gatefold.subscriptions.membership;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.entitlements.Coverage;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An entitlement, as readers see it: to everything that a plan covers, or to one article of a source.
 *
 * @param until exclusive; null if the entitlement has no end
 */
@Schema(requiredProperties = {"basis", "from"})
public record MembershipGrant(
        EntitlementBasis basis,
        @JsonInclude(JsonInclude.Include.NON_NULL) String plan,
        @JsonInclude(JsonInclude.Include.NON_NULL) String source,
        @JsonInclude(JsonInclude.Include.NON_NULL) String article,
        Instant from,
        Instant until) {
    static MembershipGrant of(Entitlement entitlement) {
        Instant from = entitlement.term().from();
        Instant until = entitlement.term().until().orElse(null);
        return switch (entitlement.coverage()) {
            case Coverage.PlanCoverage(String plan) ->
                new MembershipGrant(entitlement.basis(), plan, null, null, from, until);
            case Coverage.ArticleCoverage one ->
                new MembershipGrant(entitlement.basis(), null, one.source(), one.name(), from, until);
        };
    }
}
