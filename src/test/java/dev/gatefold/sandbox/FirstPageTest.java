package dev.gatefold.sandbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import dev.gatefold.Accessibility;
import dev.gatefold.Browser;
import dev.gatefold.Screen;
import dev.gatefold.ServiceTest;
import io.quarkus.test.common.http.TestHTTPResource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a newcomer sees first. */
@ServiceTest
class FirstPageTest {
    @RegisterExtension
    static final Browser browser = new Browser();

    @TestHTTPResource("/")
    String address;

    static Stream<Screen> screens() {
        return Stream.of(Screen.DESK, Screen.DESK.inTheDark(), Screen.PHONE);
    }

    @ParameterizedTest
    @MethodSource("screens")
    void everybodyCanUseIt(Screen screen) {
        Page page = asked(browser.on(screen));

        Accessibility.check(page);
        Accessibility.fits(page);
        Browser.keep(page, "first-page-" + screen.width() + (screen.dark() ? "-dark" : ""));
    }

    @Test
    void itAnswers() {
        Page page = asked(browser.on(Screen.DESK));

        assertThat(page.locator("#verdict")).hasText("Denied: SIGN_UP_REQUIRED");
    }

    private Page asked(Page page) {
        page.navigate(address);
        page.getByText("May they open it?").click();
        assertThat(page.locator("#answer")).isVisible();
        return page;
    }
}
