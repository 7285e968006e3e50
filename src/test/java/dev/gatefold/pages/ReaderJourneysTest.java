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
import dev.gatefold.testing.AccessibilityChecks;
import dev.gatefold.testing.BrowserScreen;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import dev.gatefold.testing.TestBrowser;
import dev.gatefold.testing.TestCallers;
import dev.gatefold.testing.TestPayments;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Journeys of readers in a browser, from the front page of the demo site. */
@ServiceTest
@TestProfile(ReaderJourneysTest.FixedPortProfile.class)
@ExtendWith(StripeResetExtension.class)
class ReaderJourneysTest {
    private static final String SITE = "http://localhost:18765";
    private static final Pattern CHECKOUT = Pattern.compile(".*/pay/cs_.*");
    private static final LocatorAssertions.IsVisibleOptions WITHIN_THREE_SECONDS =
            new LocatorAssertions.IsVisibleOptions().setTimeout(3_000);
    private static final String STORY = "The phone that answers before you ask";

    /** Stories of a source whose meter allows five articles per month. */
    private static final List<String> METERED = List.of(
            "The warehouse that has no doors",
            "The quiet bankers of the long bond",
            "The company that sells silence",
            "The second first job",
            "A patent on patience");

    /** Fixes the port, because the issuer and the checkout redirect back to the configured site URL. */
    public static final class FixedPortProfile implements QuarkusTestProfile {
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
    static final TestBrowser browser = new TestBrowser();

    private static void click(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(false))
                .or(page.getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true)))
                .first()
                .click();
    }

    private static void assertHeadline(Page page, String headline) {
        assertThat(page.locator("#headline")).hasText(headline);
    }

    private static void assertArticleOpen(Page page) {
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("You have access to this article.");
    }

    /** Signs up a new reader with a free trial, from the front page by way of the paywall. */
    private static void signUp(Page page) {
        page.navigate(SITE + "/reader");
        click(page, STORY);
        assertHeadline(page, "Sign up to read this article");
        click(page, "Start free trial");
        signInAsDemoReader(page);
        assertArticleOpen(page);
    }

    /** Signs in at the issuer as a new reader. */
    private static void signInAsDemoReader(Page page) {
        page.locator("#other-subject").fill(TestCallers.newSubject());
        page.locator("form").last().getByRole(AriaRole.BUTTON).click();
    }

    private static void buy(Page page) {
        page.navigate(SITE + "/account");
        page.locator(".line button").first().click();
        assertThat(page).hasURL(CHECKOUT);
    }

    static List<BrowserScreen> screens() {
        return List.of(
                BrowserScreen.DESK,
                BrowserScreen.PHONE,
                BrowserScreen.DESK.withDarkMode(),
                BrowserScreen.PHONE.withDarkMode());
    }

    @Test
    void readerSignsUpAndReadsInTrialWithoutJavaScript() {
        Page page = browser.openPage(BrowserScreen.PHONE.withoutJavaScript());

        signUp(page);

        page.navigate(SITE + "/account");
        assertThat(page.locator(".state")).containsText("Your free trial ends on");
    }

    @Test
    void memberPaysCancelsAndRevertsCancellation() {
        Page page = browser.openPage(BrowserScreen.DESK);
        signUp(page);

        buy(page);
        click(page, "Pay");
        page.navigate(SITE + "/account");

        assertThat(page.getByText("Manage billing")).isVisible();
        click(page, "Cancel membership");
        assertThat(page.locator(".state")).containsText("You can keep reading until then.");
        TestBrowser.saveScreenshot(page, "account-canceling");
        click(page, "Resume membership");
        assertThat(page.getByText("Cancel membership")).isVisible();
    }

    @Nested
    class JourneysAfterTrialEnd {
        private Page page;

        @BeforeEach
        void signUpAndEndTrial() {
            page = browser.openPage(BrowserScreen.DESK);
            signUp(page);
            TestCallers.advanceClock(Duration.ofDays(14));
            page.reload();
        }

        @Test
        void payingReaderReadsWithinThreeSecondsWithoutWebhook() {
            assertHeadline(page, "Your free trial has ended");
            TestBrowser.saveScreenshot(page, "wall-trial-ended");
            TestPayments.setWebhookMode("HOLD");

            click(page, "Become a member");
            assertThat(page).hasURL(CHECKOUT);
            long paid = System.nanoTime();
            click(page, "Pay");
            assertThat(page.getByRole(AriaRole.STATUS)).isVisible(WITHIN_THREE_SECONDS);

            System.out.printf("From payment to the open article: %d ms%n", (System.nanoTime() - paid) / 1_000_000);
        }

        @Test
        void readerWithDeclinedCardPaysWithAnotherCard() {
            click(page, "Become a member");
            click(page, "Decline the card");
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("declined");

            page.navigate(SITE + "/reader");
            click(page, STORY);
            assertHeadline(page, "Your free trial has ended");
            click(page, "Become a member");
            click(page, "Pay");

            assertArticleOpen(page);
        }
    }

    @Test
    void meterIsUsedOnlyByFirstOpening() {
        Page page = browser.openPage(BrowserScreen.DESK);
        page.navigate(SITE + "/reader");
        assertThat(teaserBadge(page, METERED.getFirst())).hasText("5 of 5 free articles left this month");

        for (int left = 4; left >= 0; left--) {
            click(page, METERED.get(left));
            assertThat(page.getByRole(AriaRole.STATUS)).containsText(left + " of 5 free articles left this month");
            page.reload();
            assertThat(page.getByRole(AriaRole.STATUS)).containsText(left + " of 5 free articles left this month");
            page.navigate(SITE + "/reader");
        }
        TestBrowser.saveScreenshot(page, "reader-meter");
        click(page, "The bridge that was never sold");

        assertHeadline(page, "You’ve reached your free-article limit for Fortune");
        assertThat(page.locator(".wall"))
                .containsText("0 of 5 free articles left this month. Your free articles renew on");
        TestBrowser.saveScreenshot(page, "wall-meter-exhausted");
        page.navigate(SITE + "/reader");
        click(page, METERED.getLast());
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("0 of 5 free articles left this month");
    }

    private static Locator teaserBadge(Page page, String story) {
        return page.locator("li", new Page.LocatorOptions().setHasText(story)).locator(".mark");
    }

    @Test
    void memberSharesArticleAndWithdrawsShare() {
        Page member = browser.openPage(BrowserScreen.DESK);
        signUp(member);
        buy(member);
        click(member, "Pay");
        TestCallers.advanceClock(Duration.ofDays(15)); // the first month has been charged
        member.navigate(SITE + "/reader");
        click(member, STORY);
        click(member, "Share this article");
        String link = member.locator(".link").inputValue();
        TestBrowser.saveScreenshot(member, "account-shares");

        Page friend = browser.openPage(BrowserScreen.PHONE);
        friend.navigate(link);
        assertThat(friend.getByRole(AriaRole.STATUS)).containsText("A member shared this article with you.");

        click(member, "Deactivate link");
        assertThat(member.getByText("You deactivated the link on")).isVisible();
        friend.reload();
        assertHeadline(friend, "Sign up to read this article");
        friend.navigate(link);
        assertThat(friend.locator("h1")).hasText("Page not found");
        TestBrowser.saveScreenshot(friend, "error-page");
        AccessibilityChecks.assertAccessible(friend);
    }

    @Test
    void readerDownloadsPersonalDataAndDeletesAccount() throws IOException {
        Page page = browser.openPage(BrowserScreen.DESK);
        signUp(page);
        page.navigate(SITE + "/account");

        Download file = page.waitForDownload(() -> click(page, "Download data"));
        assertEquals("gatefold.json", file.suggestedFilename());
        assertTrue(
                Files.readString(file.path()).contains(TestCallers.MEMBERS_ONLY),
                "the export contains the article that was read");
        click(page, "Delete account");
        assertAccessibleAndSaveScreenshot(page, "erasure");
        click(page, "Delete account");

        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Your account has been deleted.");
        page.reload();
        assertThat(page).hasURL(SITE + "/reader");
        assertThat(page.getByRole(AriaRole.STATUS)).hasCount(0);
        page.navigate(SITE + "/account");
        assertThat(page.locator("#other-subject")).isVisible();
    }

    @Test
    void demoReaderSignsInFromWelcomePage() {
        Page page = browser.openPage(BrowserScreen.DESK);
        page.navigate(SITE + "/");
        assertThat(page.getByText("trial has ended").first()).isVisible();
        TestBrowser.saveScreenshot(page, "first-page");
        AccessibilityChecks.assertAccessible(page);

        click(page, "Ann");

        assertThat(page).hasURL(SITE + "/reader");
        assertThat(page.getByText("Sign out")).isVisible();
    }

    @Test
    void readerSignsOutHereAndAtIssuer() {
        Page page = browser.openPage(BrowserScreen.DESK);
        signUp(page);
        page.navigate(SITE + "/sign-in");
        assertThat(page.getByText("Continue as")).isVisible();
        page.navigate(SITE + "/account");

        click(page, "Sign out");

        assertThat(page).hasURL(SITE + "/reader");
        assertThat(page.getByText("Sign out")).hasCount(0);
        page.navigate(SITE + "/sign-in");
        assertThat(page.locator("#other-subject")).isVisible();
        assertThat(page.getByText("Continue as")).hasCount(0);
    }

    @Test
    void pagesAreInGermanForGermanBrowser() {
        Page page = browser.openPage(BrowserScreen.PHONE.withLocale("de-AT"));

        page.navigate(SITE + "/reader");
        click(page, STORY);
        assertHeadline(page, "Registrieren Sie sich, um diesen Artikel zu lesen");
        TestBrowser.saveScreenshot(page, "wall-320-de");
        click(page, "Kostenlos testen");
        signInAsDemoReader(page);
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Sie haben Zugriff auf diesen Artikel.");
        page.navigate(SITE + "/account");

        assertThat(page.locator(".state")).containsText("Ihr kostenloser Testzeitraum endet am");
        assertAccessibleAndSaveScreenshot(page, "account-320-de");
    }

    @Test
    void signedOutReaderIsAskedToSignInWithoutOffers() {
        Page page = browser.openPage(BrowserScreen.DESK);
        signUp(page);

        page.context().clearCookies(new ClearCookiesOptions().setName("__Host-gatefold"));
        page.navigate(SITE + "/reader");
        click(page, STORY);

        assertHeadline(page, "Sign in to keep reading");
        assertThat(page.locator(".wall").getByText("free")).hasCount(0);
        TestBrowser.saveScreenshot(page, "wall-signed-out");
    }

    @Test
    void readerCompletesJourneyByKeyboard() {
        Page page = browser.openPage(BrowserScreen.DESK);
        page.navigate(SITE + "/wall?url=" + TestCallers.MEMBERS_ONLY);

        page.keyboard().press("Tab");
        assertThat(page.locator(":focus")).hasText("Skip to main content");
        while (!"Start free trial".equals(page.locator(":focus").textContent())) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");

        assertThat(page.locator("#other-subject")).isVisible();
    }

    @ParameterizedTest
    @MethodSource("screens")
    void pagesAreAccessibleOnEveryScreen(BrowserScreen screen) {
        Page page = browser.openPage(screen);
        String name = screen.width() + (screen.dark() ? "-dark" : "");

        page.navigate(SITE + "/wall?url=" + TestCallers.MEMBERS_ONLY);
        assertAccessibleAndSaveScreenshot(page, "wall-" + name);
        page.navigate(SITE + "/reader");
        assertAccessibleAndSaveScreenshot(page, "reader-" + name);
        signUp(page);
        assertAccessibleAndSaveScreenshot(page, "article-" + name);
        page.navigate(SITE + "/account");
        assertAccessibleAndSaveScreenshot(page, "account-" + name);
    }

    private static void assertAccessibleAndSaveScreenshot(Page page, String name) {
        TestBrowser.saveScreenshot(page, name);
        PageWeight.measure(page).assertWithinLimits();
        AccessibilityChecks.assertAccessible(page);
        AccessibilityChecks.assertFitsScreenWidth(page);
    }
}
