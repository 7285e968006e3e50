package dev.gatefold.pages.wall;

/**
 * What a reader app shows of an article before it is open; of its own, for we hold no article's text.
 *
 * @param leadIn the first lines; of a longer one the policy says how much
 */
public record Teaser(String title, String leadIn) {
    /** @param most characters of the lead-in, or null where the policy does not say */
    Teaser truncatedTo(Integer most) {
        boolean fits = most == null || leadIn.codePointCount(0, leadIn.length()) <= most;
        return fits
                ? this
                : new Teaser(
                        title,
                        leadIn.substring(0, leadIn.offsetByCodePoints(0, most)).strip() + "…");
    }
}
