package dev.gatefold.decisionlog;

import dev.gatefold.access.Reason;

/**
 * Numbers of decisions in a dry run.
 *
 * @param decisions all decisions
 * @param opened denials that would be grants
 * @param closed grants that would be denials
 * @param otherwise decisions that would differ only in their reason
 */
record DryRunCount(int decisions, int opened, int closed, int otherwise) {
    static final DryRunCount NONE = new DryRunCount(0, 0, 0, 0);

    /** Returns the count of one decision. */
    static DryRunCount of(Reason before, Reason after) {
        boolean opens = after.grants() && !before.grants();
        boolean closes = before.grants() && !after.grants();
        boolean differs = !opens && !closes && before != after;
        return new DryRunCount(1, opens ? 1 : 0, closes ? 1 : 0, differs ? 1 : 0);
    }

    DryRunCount plus(DryRunCount other) {
        return new DryRunCount(
                decisions + other.decisions, opened + other.opened, closed + other.closed, otherwise + other.otherwise);
    }
}
