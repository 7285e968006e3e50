package dev.gatefold.pages.wall;

/**
 * What a reader app shows of an article to every reader. Gatefold does not store it.
 *
 * @param leadIn the first lines of the article; truncated on the paywall if the policy limits them
 */
public record Teaser(String title, String leadIn) {
    /**
     * Returns the teaser with at most so many characters of the lead-in.
     *
     * @param maxCharacters Unicode code points, or null for no limit
     */
    Teaser truncatedTo(Integer maxCharacters) {
        boolean fits = maxCharacters == null || leadIn.codePointCount(0, leadIn.length()) <= maxCharacters;
        return fits
                ? this
                : new Teaser(
                        title,
                        leadIn.substring(0, leadIn.offsetByCodePoints(0, maxCharacters))
                                        .strip() + "…");
    }
}
