package dev.gatefold;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** That what is in somebody's way is found. */
class AccessibilityTest {
    @RegisterExtension
    static final Browser browser = new Browser();

    private static final String PAGE = """
            <!doctype html><html lang="en"><title>A page</title>
            <main><h1>A page</h1><p id="pale" style="color: %s">Words</p></main></html>
            """;

    @Test
    void whatCannotBeReadIsTold() {
        Page page = browser.on(Screen.DESK);
        page.setContent(PAGE.formatted("#ccc"));

        assertThatThrownBy(() -> Accessibility.check(page))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("color-contrast (serious) at [#pale]: Elements must meet minimum color contrast");
    }

    @Test
    void whatCanIsNot() {
        Page page = browser.on(Screen.DESK);
        page.setContent(PAGE.formatted("#333"));

        Accessibility.check(page);
        Accessibility.fits(page);
    }

    @Test
    void whatIsTooWideIsTold() {
        Page page = browser.on(Screen.PHONE);
        page.setContent(PAGE.formatted("#333; width: 400px"));

        assertThatThrownBy(() -> Accessibility.fits(page)).isInstanceOf(AssertionError.class);
    }
}
