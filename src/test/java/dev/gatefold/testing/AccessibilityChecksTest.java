package dev.gatefold.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Detection of accessibility violations and of content that is too wide. */
class AccessibilityChecksTest {
    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    private static final String PAGE = """
        <!doctype html><html lang="en"><title>A page</title>
        <main><h1>A page</h1><p id="text" style="color: %s">Text</p></main></html>
        """;

    @Test
    void unreadableTextIsReported() {
        Page page = browser.openPage(BrowserScreen.DESK);
        page.setContent(PAGE.formatted("#ccc"));

        assertThatThrownBy(() -> AccessibilityChecks.assertAccessible(page))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("color-contrast (serious) at [#text]: Elements must meet minimum color contrast");
    }

    @Test
    void readableTextIsNotReported() {
        Page page = browser.openPage(BrowserScreen.DESK);
        page.setContent(PAGE.formatted("#333"));

        AccessibilityChecks.assertAccessible(page);
        AccessibilityChecks.assertFitsScreenWidth(page);
    }

    @Test
    void contentWiderThanScreenIsReported() {
        Page page = browser.openPage(BrowserScreen.PHONE);
        page.setContent(PAGE.formatted("#333; width: 400px"));

        assertThatThrownBy(() -> AccessibilityChecks.assertFitsScreenWidth(page))
                .isInstanceOf(AssertionError.class);
    }
}
