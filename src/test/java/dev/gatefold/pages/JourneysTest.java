package dev.gatefold.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext.ClearCookiesOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.gatefold.Accessibility;
import dev.gatefold.Actors;
import dev.gatefold.Browser;
import dev.gatefold.Payments;
import dev.gatefold.Screen;
import dev.gatefold.ServiceTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Readers go through the pages, in a browser, from the demo reader's front page. */
@ServiceTest
@TestProfile(JourneysTest.AtItsAddress.class)
class JourneysTest {
    private static final String SITE = "http://localhost:18765";

    /** Who is sent to the issuer and to the checkout must find the way back: so the address is fixed. */
    public static final class AtItsAddress implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.test-port", "18765",
                    "gatefold.site.url", SITE,
                    "gatefold.site.article", "/reader/article?url={url}",
                    "gatefold.site.home", "/reader");
        }
    }

    @RegisterExtension
    static final Browser browser = new Browser();

    private static void press(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(false))
                .or(page.getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true)))
                .first()
                .click();
    }

    private static void sees(Page page, String headline) {
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText(headline);
    }

    private static void isOpen(Page page) {
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The article is open.");
    }

    /** From the front page to the wall, to the issuer, and back as somebody new in the free days. */
    private static void signUp(Page page) {
        page.navigate(SITE + "/reader");
        press(page, "The story of the day at Tom's Guide");
        sees(page, "Sign up to read this article");
        press(page, "Start 14 days free");
        page.locator("#somebody").fill(Actors.someone());
        page.locator("form").last().getByRole(AriaRole.BUTTON).click();
        isOpen(page);
    }

    private static void buy(Page page) {
        page.navigate(SITE + "/account");
        page.locator(".offer button").first().click();
        assertThat(page).hasURL(Pattern.compile(".*/pay/cs_.*"));
    }

    static List<Screen> screens() {
        return List.of(Screen.DESK, Screen.PHONE, Screen.DESK.inTheDark(), Screen.PHONE.inTheDark());
    }

    @Test
    void signUpAndReadInTheFreeDaysWithoutJavaScript() {
        Page page = browser.on(Screen.PHONE.withoutJavaScript());

        signUp(page);

        page.navigate(SITE + "/account");
        assertThat(page.locator(".state")).containsText("free of charge until");
    }

    @Test
    void payCancelAndUndo() {
        Page page = browser.on(Screen.DESK);
        signUp(page);

        buy(page);
        page.locator("form button").first().click();
        page.navigate(SITE + "/account");

        assertThat(page.getByText("Look after payment")).isVisible();
        press(page, "Cancel the membership");
        assertThat(page.locator(".state")).containsText("until then nothing changes");
        Browser.keep(page, "account-canceling");
        press(page, "Go on after all");
        assertThat(page.getByText("Cancel the membership")).isVisible();
    }

    @Test
    void anArticleIsOpenWhenItHasBeenPaidForWhileNoNewsComes() {
        Page page = browser.on(Screen.DESK);
        signUp(page);
        Payments.webhooks("HOLD");
        try {
            buy(page);
            page.locator("form button").first().click();
            page.navigate(SITE + "/account");
            assertThat(page.getByText("Look after payment")).isVisible();
        } finally {
            Payments.webhooks("DELIVER");
        }
    }

    @Test
    void whoWasSignedInHereIsNotSoldAnything() {
        Page page = browser.on(Screen.DESK);
        signUp(page);

        page.context().clearCookies(new ClearCookiesOptions().setName("__Host-gatefold"));
        page.navigate(SITE + "/reader");
        press(page, "The story of the day at Tom's Guide");

        sees(page, "Sign in to go on reading");
        assertThat(page.getByText("free")).hasCount(0);
        Browser.keep(page, "wall-signed-out");
    }

    @Test
    void byTheKeyboardAlone() {
        Page page = browser.on(Screen.DESK);
        page.navigate(SITE + "/wall?url=" + Actors.MEMBERS_ONLY);

        page.keyboard().press("Tab");
        assertThat(page.locator(":focus")).hasText("Skip to the content");
        while (!"Start 14 days free".equals(page.locator(":focus").textContent())) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");

        assertThat(page.locator("#somebody")).isVisible();
    }

    @ParameterizedTest
    @MethodSource("screens")
    void nothingIsInAnybodysWay(Screen screen) {
        Page page = browser.on(screen);
        String name = screen.width() + (screen.dark() ? "-dark" : "");

        page.navigate(SITE + "/wall?url=" + Actors.MEMBERS_ONLY);
        looksRight(page, "wall-" + name);
        page.navigate(SITE + "/reader");
        looksRight(page, "reader-" + name);
        signUp(page);
        looksRight(page, "article-" + name);
        page.navigate(SITE + "/account");
        looksRight(page, "account-" + name);
    }

    private static void looksRight(Page page, String name) {
        Browser.keep(page, name);
        Accessibility.check(page);
        Accessibility.fits(page);
    }
}
