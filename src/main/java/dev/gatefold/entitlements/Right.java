package dev.gatefold.entitlements;

import dev.gatefold.kernel.Term;

/**
 * A right to what it covers, for a term.
 *
 * @param origin what it came from; within one account the name of this right
 */
public record Right(Basis basis, String origin, Coverage coverage, Term term) {
    public static Right toPlan(Basis basis, String origin, String plan, Term term) {
        return new Right(basis, origin, new Coverage.OfPlan(plan), term);
    }
}
