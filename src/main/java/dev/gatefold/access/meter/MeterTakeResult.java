package dev.gatefold.access.meter;

/**
 * Result of counting an article.
 *
 * @param tally state of the meter after the article was counted
 * @param counted true if this read added the article to the meter
 */
public record MeterTakeResult(MeterTally tally, boolean counted) {
    /** Returns the state of the meter before the article was counted. */
    public MeterTally tallyBefore() {
        return counted ? new MeterTally(tally.used() - 1, false) : tally;
    }
}
