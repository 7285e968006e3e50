package dev.gatefold.entitlements;

import dev.gatefold.kernel.Term;

/**
 * A right to the sources that a plan covers.
 *
 * @param origin what it came from; within one account the name of this right
 * @param plan the slug of a plan, which may no longer be sold
 */
public record Right(Basis basis, String origin, String plan, Term term) {}
