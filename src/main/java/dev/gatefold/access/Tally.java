package dev.gatefold.access;

/**
 * What a meter answers.
 *
 * @param used distinct articles opened in the period
 * @param includes whether the article that is asked about is one of them
 */
record Tally(int used, boolean includes) {
    static final Tally EMPTY = new Tally(0, false);

    boolean admits(int allowance) {
        return includes || used < allowance;
    }
}
