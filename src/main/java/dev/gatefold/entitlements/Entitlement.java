package dev.gatefold.entitlements;

import dev.gatefold.kernel.Term;

/**
 * A time-bound right of an account to a coverage.
 *
 * @param origin idempotency key of the grant, unique within the account, 1 to 200 characters
 */
public record Entitlement(EntitlementBasis basis, String origin, Coverage coverage, Term term) {
    /** Returns an entitlement to the sources of a plan. */
    public static Entitlement forPlan(EntitlementBasis basis, String origin, String plan, Term term) {
        return new Entitlement(basis, origin, new Coverage.PlanCoverage(plan), term);
    }
}
