package dev.gatefold.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import dev.gatefold.testing.AccessibilityChecks;
import dev.gatefold.testing.BrowserScreen;
import dev.gatefold.testing.MembershipScenario;
import dev.gatefold.testing.PageClient;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import dev.gatefold.testing.TestBrowser;
import dev.gatefold.testing.TestCallers;
import dev.gatefold.testing.TestGrants;
import dev.gatefold.testing.TestPayments;
import io.quarkus.test.common.http.TestHTTPResource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The account page and the wall in a browser: every membership state, in both languages, on a phone and a wide screen. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class MembershipPagesInBrowserTest {
    /** States whose account pages have different elements. Other pages differ in their texts, and the rules take a second. */
    private static final Set<MembershipScenario> WITH_DIFFERENT_ELEMENTS =
            EnumSet.of(MembershipScenario.NONE, MembershipScenario.ACTIVE, MembershipScenario.PAST_DUE);

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    @TestHTTPResource("/")
    String service;

    @ParameterizedTest
    @EnumSource
    void everyStateFitsTheScreenAndIsAccessible(MembershipScenario scenario) {
        String reader = scenario.createReader();
        TestPayments.runDueWork();
        String subject = TestGrants.subjectOf(reader).get("subject");
        Map<String, String> cookies = PageClient.signIn(subject, "en").cookies();
        boolean open = TestCallers.withBearerToken(reader)
                .queryParam("url", TestCallers.MEMBERS_ONLY)
                .get("/v1/access")
                .path("granted");
        String name = scenario.name().toLowerCase(Locale.ROOT).replace('_', '-');
        for (String language : List.of("en", "de")) {
            Page page = browser.openPage(BrowserScreen.PHONE.withLocale(language));
            addCookies(page.context(), cookies);
            page.navigate(service + "account");
            assertThat(page.locator("html")).hasAttribute("lang", language);
            assertThat(page.locator(".state")).isVisible();
            if (language.equals("en") && WITH_DIFFERENT_ELEMENTS.contains(scenario)) {
                AccessibilityChecks.assertAccessible(page);
            }
            saveOnBothScreens(page, "account-" + name + "-" + language);
            if (!open) {
                page.navigate(service + "wall?url=" + TestCallers.MEMBERS_ONLY);
                assertThat(page.locator("#headline")).isVisible();
                saveOnBothScreens(page, "wall-" + name + "-" + language);
            }
        }
    }

    private void addCookies(BrowserContext context, Map<String, String> cookies) {
        context.addCookies(cookies.entrySet().stream()
                .map(cookie -> new Cookie(cookie.getKey(), cookie.getValue())
                        .setUrl(service.replace("http:", "https:"))
                        .setSecure(true)
                        .setHttpOnly(true))
                .toList());
    }

    /** Saves a screenshot of each screen. */
    private static void saveOnBothScreens(Page page, String name) {
        for (BrowserScreen screen : List.of(BrowserScreen.PHONE, BrowserScreen.DESK)) {
            page.setViewportSize(screen.width(), screen.height());
            AccessibilityChecks.assertFitsScreenWidth(page);
            TestBrowser.saveScreenshot(page, name + "-" + screen.width());
        }
    }
}
