package dev.gatefold.entitlements;

import dev.gatefold.kernel.Term;

/**
 * A right to what it covers, for a term.
 *
 * @param origin what it came from; within one account the name of this right
 */
public record Entitlement(EntitlementBasis basis, String origin, Coverage coverage, Term term) {
    public static Entitlement forPlan(EntitlementBasis basis, String origin, String plan, Term term) {
        return new Entitlement(basis, origin, new Coverage.PlanCoverage(plan), term);
    }
}
