package dev.gatefold.access.meter;

/**
 * State of a meter with respect to one article.
 *
 * @param used number of distinct articles opened in the period
 * @param includes true if the article is one of them
 */
public record MeterTally(int used, boolean includes) {
    public static final MeterTally EMPTY = new MeterTally(0, false);

    /** Returns true if the article may be opened with an allowance of so many distinct articles per period. */
    public boolean admits(int allowance) {
        return includes || used < allowance;
    }
}
