package dev.gatefold.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Map;

/**
 * What a browser has fetched for a page, and how soon there was something to see.
 *
 * @param bytes of the page and of all that it wants, as they are before any compression
 * @param firstPaint milliseconds after the reader has gone there; 0 where the page was there already
 */
record PageWeight(String page, long bytes, double firstPaint) {
    private static final int MOST_BYTES = 100_000;

    private static final String MEASURE = """
            () => ({
              bytes: [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                .reduce((sum, it) => sum + it.decodedBodySize, 0),
              firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
            })
            """;

    static PageWeight measure(Page page) {
        Map<?, ?> measured = (Map<?, ?>) page.evaluate(MEASURE);
        return new PageWeight(
                page.url(),
                ((Number) measured.get("bytes")).longValue(),
                ((Number) measured.get("firstPaint")).doubleValue());
    }

    /** Fails where it is too heavy; says how soon it was seen, which is the machine's to answer for. */
    void assertWithinLimits() {
        System.out.printf("%s: %d bytes, seen after %.0f ms%n", page.replaceFirst("\\?.*", ""), bytes, firstPaint);

        assertThat(bytes).as(page).isPositive().isLessThan(MOST_BYTES);
    }
}
