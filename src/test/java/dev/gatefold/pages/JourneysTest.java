package dev.gatefold.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext.ClearCookiesOptions;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.gatefold.Accessibility;
import dev.gatefold.Actors;
import dev.gatefold.Browser;
import dev.gatefold.Payments;
import dev.gatefold.Screen;
import dev.gatefold.ServiceTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Readers go through the pages, in a browser, from the demo reader's front page. */
@ServiceTest
@TestProfile(JourneysTest.AtItsAddress.class)
class JourneysTest {
    private static final String SITE = "http://localhost:18765";
    private static final Pattern CHECKOUT = Pattern.compile(".*/pay/cs_.*");
    private static final LocatorAssertions.IsVisibleOptions AT_ONCE =
            new LocatorAssertions.IsVisibleOptions().setTimeout(3_000);
    private static final String STORY = "The phone that answers before you ask";

    /** Of a title of which everybody may read five in a month. */
    private static final List<String> METERED = List.of(
            "The warehouse that has no doors",
            "The quiet bankers of the long bond",
            "The company that sells silence",
            "The second first job",
            "A patent on patience");

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
        assertThat(page.locator("#headline")).hasText(headline);
    }

    private static void isOpen(Page page) {
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("The article is open.");
    }

    /** From the front page to the wall, to the issuer, and back as somebody new in the free days. */
    private static void signUp(Page page) {
        page.navigate(SITE + "/reader");
        press(page, STORY);
        sees(page, "Sign up to read this article");
        press(page, "Start 14 days free");
        beSomebody(page);
        isOpen(page);
    }

    /** At the issuer. */
    private static void beSomebody(Page page) {
        page.locator("#somebody").fill(Actors.someone());
        page.locator("form").last().getByRole(AriaRole.BUTTON).click();
    }

    private static void buy(Page page) {
        page.navigate(SITE + "/account");
        page.locator(".line button").first().click();
        assertThat(page).hasURL(CHECKOUT);
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
        press(page, "Pay");
        page.navigate(SITE + "/account");

        assertThat(page.getByText("Look after payment")).isVisible();
        press(page, "Cancel the membership");
        assertThat(page.locator(".state")).containsText("until then nothing changes");
        Browser.keep(page, "account-canceling");
        press(page, "Go on after all");
        assertThat(page.getByText("Cancel the membership")).isVisible();
    }

    @Nested
    class WhoseFreeDaysAreOver {
        private Page page;

        @BeforeEach
        void arrive() {
            page = browser.on(Screen.DESK);
            signUp(page);
            Actors.advance(Duration.ofDays(14));
            page.reload();
        }

        @AfterEach
        void backToToday() {
            Payments.webhooks("DELIVER");
            Actors.moveClockTo(Instant.now());
        }

        @Test
        void paysAndReadsWithinThreeSecondsWhileNoNewsComes() {
            sees(page, "Your free days are over");
            Browser.keep(page, "wall-trial-ended");
            Payments.webhooks("HOLD");

            press(page, "Become a member");
            assertThat(page).hasURL(CHECKOUT);
            long paid = System.nanoTime();
            press(page, "Pay");
            assertThat(page.getByRole(AriaRole.STATUS)).isVisible(AT_ONCE);

            System.out.printf("From paying to the open article: %d ms%n", (System.nanoTime() - paid) / 1_000_000);
        }

        @Test
        void isDeclinedReadsNothingAndPaysInTheEnd() {
            press(page, "Become a member");
            press(page, "Decline the card");
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("declined");

            page.navigate(SITE + "/reader");
            press(page, STORY);
            sees(page, "Your free days are over");
            press(page, "Become a member");
            press(page, "Pay");

            isOpen(page);
        }
    }

    @Test
    void theMeterRunsOutAndALookCostsNothing() {
        Page page = browser.on(Screen.DESK);
        page.navigate(SITE + "/reader");
        assertThat(mark(page, METERED.getFirst())).hasText("5 of 5 free this month");

        for (int left = 4; left >= 0; left--) {
            press(page, METERED.get(left));
            assertThat(page.getByRole(AriaRole.STATUS)).containsText(left + " of 5 free this month");
            page.reload();
            assertThat(page.getByRole(AriaRole.STATUS)).containsText(left + " of 5 free this month");
            page.navigate(SITE + "/reader");
        }
        Browser.keep(page, "reader-meter");
        press(page, "The bridge that nobody sold");

        sees(page, "You have read what is free of Fortune");
        assertThat(page.locator(".wall")).containsText("0 of 5 free this month; it starts again on");
        Browser.keep(page, "wall-meter-exhausted");
        page.navigate(SITE + "/reader");
        press(page, METERED.getLast());
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("0 of 5 free this month");
    }

    private static Locator mark(Page page, String story) {
        return page.locator("li", new Page.LocatorOptions().setHasText(story)).locator(".mark");
    }

    @Test
    void aMemberGivesAnArticleAwayAndTakesItBack() {
        Page member = browser.on(Screen.DESK);
        signUp(member);
        buy(member);
        press(member, "Pay");
        Actors.advance(Duration.ofDays(15)); // the first month has been charged
        try {
            member.navigate(SITE + "/reader");
            press(member, STORY);
            press(member, "Give this article away");
            String link = member.locator(".link").inputValue();
            Browser.keep(member, "account-gifts");

            Page friend = browser.on(Screen.PHONE);
            friend.navigate(link);
            isOpen(friend);

            press(member, "Take it back");
            assertThat(member.getByText("You took it back on")).isVisible();
            friend.reload();
            sees(friend, "Sign up to read this article");
            friend.navigate(link);
            assertThat(friend.locator("h1")).hasText("There is nothing here");
            Accessibility.check(friend);
        } finally {
            Actors.moveClockTo(Instant.now());
        }
    }

    @Test
    void takesWhatIsKeptAlongAndIsForgotten() throws IOException {
        Page page = browser.on(Screen.DESK);
        signUp(page);
        page.navigate(SITE + "/account");

        Download file = page.waitForDownload(() -> press(page, "Take it along"));
        assertEquals("gatefold.json", file.suggestedFilename());
        assertTrue(Files.readString(file.path()).contains(Actors.MEMBERS_ONLY), "what was read is told");
        press(page, "Erase the account");
        looksRight(page, "erasure");
        press(page, "Erase the account");

        assertThat(page).hasURL(SITE + "/reader");
        page.navigate(SITE + "/account");
        assertThat(page.locator("#somebody")).isVisible();
    }

    @Test
    void looksThroughTheEyesOfADemoReader() {
        Page page = browser.on(Screen.DESK);
        page.navigate(SITE + "/");
        assertThat(page.getByText("whose trial has ended").first()).isVisible();
        Browser.keep(page, "first-page");
        Accessibility.check(page);

        press(page, "Ann");

        assertThat(page).hasURL(SITE + "/reader");
        assertThat(page.getByText("Sign out")).isVisible();
    }

    @Test
    void everythingIsInGermanForWhoReadsIt() {
        Page page = browser.on(Screen.PHONE.in("de-AT"));

        page.navigate(SITE + "/reader");
        press(page, STORY);
        sees(page, "Melden Sie sich an, um diesen Artikel zu lesen");
        press(page, "14 Tage kostenlos lesen");
        beSomebody(page);
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Der Artikel ist offen.");
        page.navigate(SITE + "/account");

        assertThat(page.locator(".state")).containsText("Sie lesen bis");
        looksRight(page, "account-320-de");
    }

    @Test
    void whoWasSignedInHereIsNotSoldAnything() {
        Page page = browser.on(Screen.DESK);
        signUp(page);

        page.context().clearCookies(new ClearCookiesOptions().setName("__Host-gatefold"));
        page.navigate(SITE + "/reader");
        press(page, STORY);

        sees(page, "Sign in to go on reading");
        assertThat(page.locator(".wall").getByText("free")).hasCount(0);
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
        Weight.of(page).check();
        Accessibility.check(page);
        Accessibility.fits(page);
    }
}
