package dev.gatefold.access.meter;

/**
 * What a meter answers.
 *
 * @param used distinct articles opened in the period
 * @param includes whether the article that is asked about is one of them
 */
public record MeterTally(int used, boolean includes) {
    public static final MeterTally EMPTY = new MeterTally(0, false);

    public boolean admits(int allowance) {
        return includes || used < allowance;
    }
}
