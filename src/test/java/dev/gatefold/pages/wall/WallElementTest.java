package dev.gatefold.pages.wall;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.gatefold.pages.wall.PublisherPage.tokenAttribute;
import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.METERED;
import static dev.gatefold.testing.TestCallers.REGISTERED;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.gatefold.testing.AccessibilityChecks;
import dev.gatefold.testing.BrowserScreen;
import dev.gatefold.testing.MembershipScenario;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import dev.gatefold.testing.TestBrowser;
import dev.gatefold.testing.TestCallers;
import dev.gatefold.testing.TestGrants;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The paywall element on a publisher's page in a browser. */
@ServiceTest
class WallElementTest {
    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    @TestHTTPResource("/")
    String service;

    private PublisherPage publisher() {
        return publisher(BrowserScreen.DESK);
    }

    private PublisherPage publisher(BrowserScreen screen) {
        return new PublisherPage(browser.openPage(screen), service);
    }

    private static Locator text(Page page) {
        return page.getByText("The closed text.");
    }

    private static Locator heading(Page page) {
        return page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setLevel(2));
    }

    private static void assertWall(Page page, String headline) {
        assertThat(heading(page)).hasText(headline);
        assertThat(text(page)).isHidden();
    }

    private static void assertArticleOpen(Page page) {
        assertThat(text(page)).isVisible();
        assertThat(heading(page)).hasCount(0);
    }

    /** Returns the labels of the links and buttons of the paywall, in order. */
    private static List<String> offers(Page page) {
        return page.locator("gatefold-wall [part~=offer]").allTextContents();
    }

    @Nested
    class EmbeddedWallAsVisitor {
        @Test
        void embedAsksVisitorToSignUp() {
            PublisherPage publisher = publisher();

            Page page = publisher.showArticle(MEMBERS_ONLY);

            assertWall(page, "Sign up to read this article");
            assertThat(page.getByText("Tom's Guide")).isVisible();
            assertThat(offers(page)).containsExactly("Start free trial", "Sign in");
            assertThat(
                            page.getByText(
                                    "Free for 14 days. No card needed. It ends by itself. After that, $9.99 per month if you join."))
                    .isVisible();
            assertThat(page.getByText("Start free trial")).hasAttribute("href", service + "sign-up");
            assertThat(publisher.embedEvents()).isEqualTo(List.of("gatefold:decision SIGN_UP_REQUIRED"));
        }

        @Test
        void embedSendsRequestsOnlyToGatefold() {
            PublisherPage publisher = publisher();

            assertWall(publisher.showArticle(MEMBERS_ONLY), "Sign up to read this article");

            assertThat(publisher.consoleErrors()).isEmpty();
            assertThat(publisher.requestedUrls())
                    .isNotEmpty()
                    .allMatch(url -> url.startsWith(service)
                            || url.startsWith(PublisherPage.ADMITTED)
                            || url.startsWith("data:"));
        }

        @Test
        void embedShowsWallWhenMeterIsExhausted() {
            PublisherPage publisher = publisher();
            for (int read = 1; read <= 5; read++) {
                Page page = publisher.showArticle(METERED + read);
                assertThat(page.getByRole(AriaRole.STATUS))
                        .hasText("You have access to this article. " + (5 - read)
                                + " of 5 free articles left this month.");
                assertArticleOpen(page);
            }

            Page page = publisher.showArticle(METERED + 6);

            assertWall(page, "You’ve reached your free-article limit for Fortune");
            assertThat(page.getByText("0 of 5 free articles left this month")).isVisible();
            assertThat(page.getByText("Your free articles renew on"))
                    .hasText(Pattern.compile("Your free articles renew on \\w+ \\d+, \\d{4}\\."));
            TestBrowser.saveScreenshot(page, "wall-meter");
            assertArticleOpen(publisher.showArticle(METERED + 1));
        }

        @Test
        void missingArticleTextDoesNotUseMeter() {
            Page page = publisher().showArticle(METERED + "gone", "for=\"#nowhere\"");

            assertThat(page.getByRole(AriaRole.STATUS)).containsText("You have access to this article.");
            String token = (String) page.evaluate("localStorage.gatefoldVisitor");
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(TestCallers.visitor(token)
                                    .queryParam("url", METERED + "other")
                                    .get("/v1/access")
                                    .<Integer>path("meter.used"))
                            .isZero());
        }

        @Test
        void expiredVisitorTokenIsRenewed() {
            PublisherPage publisher = publisher();
            Page page = publisher.showArticle(MEMBERS_ONLY);
            page.evaluate("localStorage.gatefoldVisitor = 'v2.ended'");

            assertArticleOpen(publisher.showArticle(METERED + "a"));

            assertThat(page.evaluate("localStorage.gatefoldVisitor").toString())
                    .startsWith("v2.")
                    .isNotEqualTo("v2.ended");
        }

        @Test
        void sharedLinkOpensArticleInEmbed() {
            String code = withBearerToken(TestGrants.newMemberToken())
                    .body(Map.of("url", MEMBERS_ONLY))
                    .post("/v1/me/shares")
                    .path("code");
            PublisherPage publisher = publisher();

            assertArticleOpen(publisher.showArticleWithFragment("#share=" + code, MEMBERS_ONLY));
            assertThat(publisher.embedEvents()).isEqualTo(List.of("gatefold:decision SHARED_LINK"));

            assertWall(
                    publisher.showArticleWithFragment("#share=another", MEMBERS_ONLY), "Sign up to read this article");
        }

        @Test
        void embedHandlesArticleChangeOnSamePage() {
            Page page = publisher().showArticle(METERED + "a");
            assertArticleOpen(page);

            page.evaluate("url => document.querySelector('gatefold-wall').setAttribute('article', url)", MEMBERS_ONLY);

            assertWall(page, "Sign up to read this article");
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("");
        }

        @Test
        void embedExplainsDenialWithoutOffers() {
            Page page = publisher().showArticle("https://www.example.com/a-story");

            assertWall(page, "This article isn’t available");
            assertThat(offers(page)).isEmpty();
        }
    }

    @Nested
    class EmbeddedWallAsMember {
        @Test
        void embedOpensArticleForMember() {
            PublisherPage publisher = publisher();

            Page page = publisher.showArticle(MEMBERS_ONLY, tokenAttribute(TestGrants.newMemberToken()));

            assertArticleOpen(page);
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("You have access to this article.");
            assertThat(publisher.embedEvents()).isEqualTo(List.of("gatefold:decision COMPLIMENTARY"));
            assertThat(publisher.consoleErrors()).isEmpty();
        }

        @Test
        void embedAcceptsTokenSetLater() {
            PublisherPage publisher = publisher();
            Page page = publisher.showArticle(MEMBERS_ONLY);
            assertWall(page, "Sign up to read this article");

            setToken(page, TestGrants.newMemberToken());

            assertArticleOpen(page);
            assertThat(page.locator("gatefold-wall")).not().hasAttribute("token", Pattern.compile(".*"));
        }

        @Test
        void embedAcceptsTokenSetBeforeScriptLoads() {
            Page page = browser.openPage(BrowserScreen.DESK);
            page.addInitScript("""
                    document.addEventListener('readystatechange', () => {
                      if (document.readyState === 'interactive') document.querySelector('gatefold-wall').token = '%s';
                    });
                    """.formatted(newAccountToken()));
            new PublisherPage(page, service).showArticle(MEMBERS_ONLY);
            assertWall(page, "This article is for members");

            setToken(page, TestGrants.newMemberToken());

            assertArticleOpen(page);
        }

        private static void setToken(Page page, String token) {
            page.evaluate("token => { document.querySelector('gatefold-wall').token = token }", token);
        }

        @Test
        void tokenRenewalRecordsOneRead() {
            PublisherPage publisher = publisher();
            String member = TestGrants.newMemberToken();
            Page page = publisher.showArticle(MEMBERS_ONLY, tokenAttribute(member));
            assertArticleOpen(page);

            setToken(page, member);
            page.waitForTimeout(300);

            assertThat(publisher.embedEvents()).hasSize(1);
        }
    }

    @Nested
    @ExtendWith(StripeResetExtension.class)
    class EmbeddedWallAfterFailedPayment {
        @Test
        void embedOffersOnlyPaymentUpdate() {
            Page page =
                    publisher().showArticle(MEMBERS_ONLY, tokenAttribute(MembershipScenario.PAST_DUE.createReader()));

            assertWall(page, "Your last payment failed");
            assertThat(offers(page)).containsExactly("Pay now", "Update payment method");
            assertThat(page.locator("gatefold-wall [part=price]")).hasText(new String[] {"", ""});
            TestBrowser.saveScreenshot(page, "wall-payment");
        }

        @Test
        void embedIgnoresOtherOffersAfterFailedPayment() {
            Page page = browser.openPage(BrowserScreen.DESK);
            page.route("**/v1/access*", route -> {
                String answer =
                        route.fetch().text().replace("[{", "[{\"kind\":\"SUBSCRIBE\",\"href\":\"/v1/me/checkout\"},{");
                route.fulfill(new Route.FulfillOptions()
                        .setBody(answer)
                        .setHeaders(Map.of("Access-Control-Allow-Origin", "*")));
            });

            new PublisherPage(page, service)
                    .showArticle(MEMBERS_ONLY, tokenAttribute(MembershipScenario.PAST_DUE.createReader()));

            assertWall(page, "Your last payment failed");
            assertThat(offers(page)).containsExactly("Pay now", "Update payment method");
        }
    }

    @Nested
    class EmbeddedWallWithoutMembership {
        @Test
        void trialStartsByKeyboard() {
            Page page = publisher().showArticle(MEMBERS_ONLY, tokenAttribute(newAccountToken()));
            assertWall(page, "This article is for members");

            page.keyboard().press("Tab");
            assertThat(page.getByText("Start free trial")).isFocused();
            page.keyboard().press("Enter");

            // the account page redirects readers without a session to the issuer
            assertThat(page.locator("h1")).hasText("Sign in");
        }

        @Test
        void preventedOfferEventStopsNavigation() {
            PublisherPage publisher = publisher();
            Page page = publisher.showArticle(MEMBERS_ONLY, tokenAttribute(newAccountToken()));
            page.evaluate("addEventListener('gatefold:offer', (event) => event.preventDefault())");

            page.getByText("Start free trial").click();
            page.getByText("Become a member").click();

            assertThat(publisher.embedEvents())
                    .isEqualTo(List.of(
                            "gatefold:decision MEMBERSHIP_REQUIRED",
                            "gatefold:offer START_TRIAL",
                            "gatefold:offer SUBSCRIBE"));
            assertThat(page.url()).startsWith(PublisherPage.ADMITTED);
        }

        @Test
        void embedOpensArticleAfterNewGrant() {
            String reader = newAccountToken();
            Page page = browser.openPage(BrowserScreen.DESK);
            page.clock().install();
            PublisherPage publisher = new PublisherPage(page, service);
            assertWall(publisher.showArticle(MEMBERS_ONLY, tokenAttribute(reader)), "This article is for members");
            TestGrants.grant(reader, Map.of("plan", "membership"), Duration.ofDays(1))
                    .statusCode(201);

            page.clock().runFor(59_000);
            assertThat(publisher.embedEvents()).hasSize(1);
            page.keyboard().press("Tab");
            page.clock().runFor(1_500);

            assertArticleOpen(page);
            assertThat(page.locator("#closed")).isFocused();
        }

        @Test
        void embedOpensArticleWhenReaderReturnsToPage() {
            String reader = newAccountToken();
            Page page = publisher().showArticle(MEMBERS_ONLY, tokenAttribute(reader));
            assertWall(page, "This article is for members");
            withBearerToken(reader).post("/v1/me/trial").then().statusCode(201);

            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");

            assertArticleOpen(page);
        }

        @Test
        void readerWithoutAccountUsesMeter() {
            PublisherPage publisher = publisher();

            Page page =
                    publisher.showArticle(METERED + "stranger", tokenAttribute(TestCallers.issueToken(newSubject())));

            assertThat(page.getByRole(AriaRole.STATUS))
                    .hasText("You have access to this article. 4 of 5 free articles left this month.");
            assertArticleOpen(page);
        }
    }

    @Nested
    class EmbeddedWallFailures {
        static Stream<Arguments> failures() {
            return Stream.of(
                    Arguments.of("the network", (Consumer<Page>)
                            page -> page.route("**/v1/access*", route -> route.abort())),
                    Arguments.of("the service", (Consumer<Page>) page -> page.route(
                            "**/v1/access*", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)))),
                    Arguments.of("the record of reads", (Consumer<Page>)
                            page -> page.route("**/v1/reads", route -> route.abort())));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("failures")
        void embedOpensArticleWhenServiceFails(String what, Consumer<Page> failure) {
            Page page = browser.openPage(BrowserScreen.DESK);
            failure.accept(page);
            PublisherPage publisher = new PublisherPage(page, service);

            assertArticleOpen(publisher.showArticle(MEMBERS_ONLY, tokenAttribute(TestGrants.newMemberToken())));

            assertThat(publisher.embedEvents()).isEqualTo(List.of("gatefold:error undefined"));
        }

        @Test
        void embedOpensArticleOnInvalidToken() {
            PublisherPage publisher = publisher();

            assertArticleOpen(publisher.showArticle(MEMBERS_ONLY, tokenAttribute("nonsense")));

            assertThat(publisher.embedEvents()).isEqualTo(List.of("gatefold:error undefined"));
        }

        @Test
        void embedOpensArticleOnUnlistedOrigin() {
            var publisher =
                    new PublisherPage(browser.openPage(BrowserScreen.DESK), service, "https://other.example.net");

            assertArticleOpen(publisher.showArticle(MEMBERS_ONLY));

            assertThat(publisher.embedEvents()).isEqualTo(List.of("gatefold:error undefined"));
        }
    }

    @Nested
    class EmbeddedWallLanguage {
        @Test
        void embedIsShownInGerman() {
            Page page = publisher().withLanguage("de").showArticle(MEMBERS_ONLY);

            assertWall(page, "Registrieren Sie sich, um diesen Artikel zu lesen");
            assertThat(offers(page)).containsExactly("Kostenlos testen", "Anmelden");
            assertThat(page.getByText("14 Tage kostenlos. Keine Karte nötig. Der Testzeitraum endet von selbst. "
                            + "Danach 9,99 $ pro Monat, wenn Sie Mitglied werden."))
                    .isVisible();
        }

        @Test
        void embedUsesLanguageOfEnclosingElement() {
            Page page = publisher().withLanguage("en").showArticle(REGISTERED, "lang=\"de-AT\"");

            assertWall(page, "Registrieren Sie sich, um diesen Artikel zu lesen");
        }

        @ParameterizedTest
        @CsvSource({
            "en, 'MMMM d, uuuu', en",
            "en-US, 'MMMM d, uuuu', en",
            "en-GB, 'd MMMM uuuu', en",
            "en-AU, 'd MMMM uuuu', en",
            "de-CH, 'd. MMMM uuuu', de"
        })
        void embedWritesDatesInTheRegionOfThePageAndTheZoneOfTheSource(
                String language, String pattern, String textLanguage) {
            String visitor = visitor().body(Map.of()).post("/v1/visitors").path("token");
            for (int read = 1; read <= 5; read++) {
                visitor()
                        .header("X-Visitor", visitor)
                        .header("Idempotency-Key", visitor.hashCode() + "-" + read)
                        .body(Map.of("url", METERED + read))
                        .post("/v1/reads")
                        .then()
                        .statusCode(200);
            }
            JsonPath meter = visitor()
                    .header("X-Visitor", visitor)
                    .queryParam("url", METERED + 6)
                    .get("/v1/access")
                    .jsonPath();
            String date = DateTimeFormatter.ofPattern(pattern, Locale.of(textLanguage))
                    .withZone(ZoneId.of(meter.getString("meter.timeZone")))
                    .format(Instant.parse(meter.getString("meter.resetsAt")));

            Page page = publisher().withLanguage(language).showArticle(METERED + 6, "visitor=\"" + visitor + "\"");

            assertThat(page.locator("gatefold-wall [part=wait]")).containsText(date);
        }

        @ParameterizedTest
        @ValueSource(strings = {"fr", "den", "en_US", "x", ""})
        void embedFallsBackToEnglishAndSetsLang(String language) {
            Page page = publisher().withLanguage(language).showArticle(MEMBERS_ONLY);

            assertWall(page, "Sign up to read this article");
            assertThat(page.locator("gatefold-wall [part=wall]")).hasAttribute("lang", "en");
        }
    }

    @Nested
    class EmbeddedWallAccessibility {
        static Stream<Arguments> screens() {
            return Stream.of(
                    Arguments.of("light", BrowserScreen.DESK),
                    Arguments.of("dark", BrowserScreen.DESK.withDarkMode()),
                    Arguments.of("phone", BrowserScreen.PHONE),
                    Arguments.of("phone-dark", BrowserScreen.PHONE.withDarkMode()));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("screens")
        void embedIsAccessibleOnEveryScreen(String name, BrowserScreen screen) {
            PublisherPage publisher = publisher(screen).withLanguage("de");
            Page page = publisher.showArticle(MEMBERS_ONLY);
            assertWall(page, "Registrieren Sie sich, um diesen Artikel zu lesen");

            AccessibilityChecks.assertAccessible(page);
            AccessibilityChecks.assertFitsScreenWidth(page);
            TestBrowser.saveScreenshot(page, "wall-" + name);

            page = publisher.showArticle(METERED + "a");
            assertArticleOpen(page);
            AccessibilityChecks.assertAccessible(page);
            AccessibilityChecks.assertFitsScreenWidth(page);
            TestBrowser.saveScreenshot(page, "wall-open-" + name);
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("screens")
        void examplePageIsAccessible(String name, BrowserScreen screen) {
            Page page = browser.openPage(screen);
            page.navigate(service + "example/article.html");
            page.locator("#article").selectOption("members only");

            assertThat(page.locator("gatefold-wall h2")).hasText("Sign up to read this article");
            AccessibilityChecks.assertAccessible(page);
            AccessibilityChecks.assertFitsScreenWidth(page);
            TestBrowser.saveScreenshot(page, "example-" + name);

            page.locator("#reader").selectOption("Ann, a member");
            assertThat(page.getByText("You hear them before you see them")).isVisible();
        }

        @Test
        void examplePageIsReadableWithoutJavaScript() {
            Page page = browser.openPage(BrowserScreen.DESK.withoutJavaScript());
            page.navigate(service + "example/article.html");

            assertThat(page.getByText("You hear them before you see them")).isVisible();
        }
    }
}
