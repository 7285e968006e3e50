package dev.gatefold.sandbox.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import dev.gatefold.testing.AccessibilityChecks;
import dev.gatefold.testing.BrowserScreen;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.TestBrowser;
import io.quarkus.test.common.http.TestHTTPResource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The overview page of the development service. */
@ServiceTest
class WelcomePageTest {
    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    @TestHTTPResource("/")
    String url;

    static Stream<BrowserScreen> screens() {
        return Stream.of(BrowserScreen.DESK, BrowserScreen.DESK.withDarkMode(), BrowserScreen.PHONE);
    }

    @ParameterizedTest
    @MethodSource("screens")
    void welcomePageIsAccessibleOnEveryScreen(BrowserScreen screen) {
        Page page = submitQuery(browser.openPage(screen));

        AccessibilityChecks.assertAccessible(page);
        AccessibilityChecks.assertFitsScreenWidth(page);
        TestBrowser.saveScreenshot(page, "welcome-page-" + screen.width() + (screen.dark() ? "-dark" : ""));
    }

    @Test
    void welcomePageShowsDecision() {
        Page page = submitQuery(browser.openPage(BrowserScreen.DESK));

        assertThat(page.locator("#verdict")).hasText("Denied: SIGN_UP_REQUIRED");
    }

    private Page submitQuery(Page page) {
        page.navigate(url);
        page.getByText("Check access").click();
        assertThat(page.locator("#answer")).isVisible();
        return page;
    }
}
