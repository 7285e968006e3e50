package dev.gatefold.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Map;

/**
 * Size and rendering time of a page in a browser.
 *
 * @param bytes of the page and all its resources, before compression
 * @param firstPaint milliseconds from navigation to first contentful paint; 0 if unknown
 */
record PageWeight(String page, long bytes, double firstPaint) {
    private static final int MAX_BYTES = 100_000;

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

    /** Fails if the page is too large. Prints the rendering time, which depends on the machine, without checking it. */
    void assertWithinLimits() {
        System.out.printf(
                "%s: %d bytes, first paint after %.0f ms%n", page.replaceFirst("\\?.*", ""), bytes, firstPaint);

        assertThat(bytes).as(page).isPositive().isLessThan(MAX_BYTES);
    }
}
