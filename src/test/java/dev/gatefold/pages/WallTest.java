package dev.gatefold.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.gatefold.Actors.MEMBERS_ONLY;
import static dev.gatefold.Actors.METERED;
import static dev.gatefold.Actors.REGISTERED;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.signedUp;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.visitor;
import static dev.gatefold.pages.Publisher.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.gatefold.Accessibility;
import dev.gatefold.Actors;
import dev.gatefold.Browser;
import dev.gatefold.Grants;
import dev.gatefold.Screen;
import dev.gatefold.ServiceTest;
import io.quarkus.test.common.http.TestHTTPResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wall on a publisher's page, in a browser, before a reader. */
@ServiceTest
class WallTest {
    @RegisterExtension
    static final Browser browser = new Browser();

    @TestHTTPResource("/")
    String service;

    private Publisher publisher() {
        return publisher(Screen.DESK);
    }

    private Publisher publisher(Screen screen) {
        return new Publisher(browser.on(screen), service);
    }

    private static Locator text(Page page) {
        return page.getByText("The closed text.");
    }

    private static Locator heading(Page page) {
        return page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setLevel(2));
    }

    private static void isWalled(Page page, String why) {
        assertThat(heading(page)).hasText(why);
        assertThat(text(page)).isHidden();
    }

    private static void isOpen(Page page) {
        assertThat(text(page)).isVisible();
        assertThat(heading(page)).hasCount(0);
    }

    /** The links and buttons of the wall, in their order. */
    private static List<String> offers(Page page) {
        return page.locator("gatefold-wall [part~=offer]").allTextContents();
    }

    /** One of the demo readers, who have pasts. */
    private static String tokenOf(String name) {
        return visitor().get("/dev/readers").path("readers.find { it.name == '" + name + "' }.token");
    }

    @Nested
    class AVisitor {
        @Test
        void isAskedToSignUp() {
            Publisher publisher = publisher();

            Page page = publisher.show(MEMBERS_ONLY);

            isWalled(page, "Sign up to read on.");
            assertThat(page.getByText("Tom's Guide")).isVisible();
            assertThat(offers(page)).containsExactly("Sign up", "Sign in");
            assertThat(page.getByText("14 days free, then $9.99 a month")).isVisible();
            assertThat(page.getByText("Sign up", new Page.GetByTextOptions().setExact(true)))
                    .hasAttribute("href", service + "sign-up");
            assertThat(publisher.told()).isEqualTo(List.of("gatefold:decision SIGN_UP_REQUIRED"));
        }

        @Test
        void isAskedNothingByAnybodyElse() {
            Publisher publisher = publisher();

            isWalled(publisher.show(MEMBERS_ONLY), "Sign up to read on.");

            assertThat(publisher.complaints()).isEmpty();
            assertThat(publisher.asked())
                    .isNotEmpty()
                    .allMatch(url ->
                            url.startsWith(service) || url.startsWith(Publisher.ADMITTED) || url.startsWith("data:"));
        }

        @Test
        void readsUntilTheMeterHasRunOut() {
            Publisher publisher = publisher();
            for (int read = 1; read <= 5; read++) {
                Page page = publisher.show(METERED + read);
                assertThat(page.getByRole(AriaRole.STATUS))
                        .hasText("The article is open. " + read + " of 5 free this month");
                isOpen(page);
            }

            Page page = publisher.show(METERED + 6);

            isWalled(page, "You have read your free articles.");
            assertThat(page.getByText("5 of 5 free this month")).isVisible();
            assertThat(page.getByText("Free again from"))
                    .hasText(Pattern.compile("Free again from \\w+ 1, \\d{4} at \\d+:00 [AP]M\\."));
            Browser.keep(page, "wall-meter");
            isOpen(publisher.show(METERED + 1));
        }

        @Test
        void spendsNothingOnATextThatIsNotThere() {
            Page page = publisher().show(METERED + "gone", "for=\"#nowhere\"");

            assertThat(page.getByRole(AriaRole.STATUS)).containsText("The article is open.");
            String token = (String) page.evaluate("localStorage.gatefoldVisitor");
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(Actors.visitor(token)
                                    .queryParam("url", METERED + "other")
                                    .get("/v1/access")
                                    .<Integer>path("meter.used"))
                            .isZero());
        }

        @Test
        void whoseTokenHasEndedIsGivenAnother() {
            Publisher publisher = publisher();
            Page page = publisher.show(MEMBERS_ONLY);
            page.evaluate("localStorage.gatefoldVisitor = 'v2.ended'");

            isOpen(publisher.show(METERED + "a"));

            assertThat(page.evaluate("localStorage.gatefoldVisitor").toString())
                    .startsWith("v2.")
                    .isNotEqualTo("v2.ended");
        }

        @Test
        void readsWhatWasGivenAway() {
            String code = bearer(Grants.member())
                    .body(Map.of("url", MEMBERS_ONLY))
                    .post("/v1/me/shares")
                    .path("code");
            Publisher publisher = publisher();

            isOpen(publisher.showWith("#share=" + code, MEMBERS_ONLY));
            assertThat(publisher.told()).isEqualTo(List.of("gatefold:decision SHARED_LINK"));

            isWalled(publisher.showWith("#share=another", MEMBERS_ONLY), "Sign up to read on.");
        }

        @Test
        void goesOnToAnotherArticleOnTheSamePage() {
            Page page = publisher().show(METERED + "a");
            isOpen(page);

            page.evaluate("url => document.querySelector('gatefold-wall').setAttribute('article', url)", MEMBERS_ONLY);

            isWalled(page, "Sign up to read on.");
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("");
        }

        @Test
        void isToldCalmlyThatThereIsNothingToBuy() {
            Page page = publisher().show("https://www.example.com/a-story");

            isWalled(page, "This article is not available here.");
            assertThat(offers(page)).isEmpty();
        }
    }

    @Nested
    class AMember {
        @Test
        void isNotDetained() {
            Publisher publisher = publisher();

            Page page = publisher.show(MEMBERS_ONLY, token(Grants.member()));

            isOpen(page);
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("The article is open.");
            assertThat(publisher.told()).isEqualTo(List.of("gatefold:decision COMPLIMENTARY"));
            assertThat(publisher.complaints()).isEmpty();
        }

        @Test
        void mayBeIntroducedLater() {
            Publisher publisher = publisher();
            Page page = publisher.show(MEMBERS_ONLY);
            isWalled(page, "Sign up to read on.");

            introduce(page, Grants.member());

            isOpen(page);
            assertThat(page.locator("gatefold-wall")).not().hasAttribute("token", Pattern.compile(".*"));
        }

        @Test
        void mayBeIntroducedBeforeTheScriptHasComeAndAgainAfterwards() {
            Page page = browser.on(Screen.DESK);
            page.addInitScript("""
                    document.addEventListener('readystatechange', () => {
                      if (document.readyState === 'interactive') document.querySelector('gatefold-wall').token = '%s';
                    });
                    """.formatted(signedUp()));
            new Publisher(page, service).show(MEMBERS_ONLY);
            isWalled(page, "This article is for members.");

            introduce(page, Grants.member());

            isOpen(page);
        }

        private static void introduce(Page page, String token) {
            page.evaluate("token => { document.querySelector('gatefold-wall').token = token }", token);
        }

        @Test
        void readsOneArticleOnceHoweverOftenTheirTokenIsRenewed() {
            Publisher publisher = publisher();
            String member = Grants.member();
            Page page = publisher.show(MEMBERS_ONLY, token(member));
            isOpen(page);

            introduce(page, member);
            page.waitForTimeout(300);

            assertThat(publisher.told()).hasSize(1);
        }
    }

    @Nested
    class WhoseCardFailed {
        @Test
        void isOnlyAskedToUpdateThePayment() {
            Page page = publisher().show(MEMBERS_ONLY, token(tokenOf("Fay")));

            isWalled(page, "Your last payment did not go through.");
            assertThat(offers(page)).containsExactly("Update payment");
            assertThat(page.locator("gatefold-wall [part=price]")).hasText("");
            Browser.keep(page, "wall-payment");
        }

        @Test
        void isSoldNothingWhateverTheAnswerOffers() {
            Page page = browser.on(Screen.DESK);
            page.route("**/v1/access*", route -> {
                String answer =
                        route.fetch().text().replace("[{", "[{\"kind\":\"SUBSCRIBE\",\"href\":\"/v1/me/checkout\"},{");
                route.fulfill(new Route.FulfillOptions()
                        .setBody(answer)
                        .setHeaders(Map.of("Access-Control-Allow-Origin", "*")));
            });

            new Publisher(page, service).show(MEMBERS_ONLY, token(tokenOf("Fay")));

            isWalled(page, "Your last payment did not go through.");
            assertThat(offers(page)).containsExactly("Update payment");
        }
    }

    @Nested
    class WhoHasSignedUp {
        @Test
        void startsTheTrialByTheKeyboardAlone() {
            Page page = publisher().show(MEMBERS_ONLY, token(signedUp()));
            isWalled(page, "This article is for members.");

            page.keyboard().press("Tab");
            assertThat(page.getByText("Start 14 days free")).isFocused();
            page.keyboard().press("Enter");

            // the account's page, which asks who has no session to sign in first
            assertThat(page.getByText("Who do you want to be?")).isVisible();
        }

        @Test
        void isLedNowhereByAPageThatKnowsBetter() {
            Publisher publisher = publisher();
            Page page = publisher.show(MEMBERS_ONLY, token(signedUp()));
            page.evaluate("addEventListener('gatefold:offer', (event) => event.preventDefault())");

            page.getByText("Start 14 days free").click();
            page.getByText("Become a member").click();

            assertThat(publisher.told())
                    .isEqualTo(List.of(
                            "gatefold:decision MEMBERSHIP_REQUIRED",
                            "gatefold:offer START_TRIAL",
                            "gatefold:offer SUBSCRIBE"));
            assertThat(page.url()).startsWith(Publisher.ADMITTED);
        }

        @Test
        void readsWhenTheyAreGivenSomething() {
            String reader = signedUp();
            Page page = browser.on(Screen.DESK);
            page.clock().install();
            Publisher publisher = new Publisher(page, service);
            isWalled(publisher.show(MEMBERS_ONLY, token(reader)), "This article is for members.");
            Grants.give(reader, Map.of("plan", "membership"), Duration.ofDays(1))
                    .statusCode(201);

            page.clock().runFor(59_000);
            assertThat(publisher.told()).hasSize(1);
            page.keyboard().press("Tab");
            page.clock().runFor(1_500);

            isOpen(page);
            assertThat(page.locator("#closed")).isFocused();
        }

        @Test
        void readsWithoutAnAccountAsAnybodyDoes() {
            Publisher publisher = publisher();

            Page page = publisher.show(METERED + "stranger", token(Actors.token(someone())));

            assertThat(page.getByRole(AriaRole.STATUS)).hasText("The article is open. 1 of 5 free this month");
            isOpen(page);
        }
    }

    @Nested
    class WhatFails {
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
        void isNeverTheReadersTrouble(String what, Consumer<Page> failure) {
            Page page = browser.on(Screen.DESK);
            failure.accept(page);
            Publisher publisher = new Publisher(page, service);

            isOpen(publisher.show(MEMBERS_ONLY, token(Grants.member())));

            assertThat(publisher.told()).isEqualTo(List.of("gatefold:error undefined"));
        }

        @Test
        void includesATokenThatIsNotGood() {
            Publisher publisher = publisher();

            isOpen(publisher.show(MEMBERS_ONLY, token("nonsense")));

            assertThat(publisher.told()).isEqualTo(List.of("gatefold:error undefined"));
        }

        @Test
        void includesASiteThatNobodyNamed() {
            var publisher = new Publisher(browser.on(Screen.DESK), service, "https://somebody.example.net");

            isOpen(publisher.show(MEMBERS_ONLY));

            assertThat(publisher.told()).isEqualTo(List.of("gatefold:error undefined"));
        }
    }

    @Nested
    class ItSpeaks {
        @Test
        void german() {
            Page page = publisher().in("de").show(MEMBERS_ONLY);

            isWalled(page, "Zum Weiterlesen bitte registrieren.");
            assertThat(offers(page)).containsExactly("Registrieren", "Anmelden");
            assertThat(page.getByText("14 Tage kostenlos, dann 9,99 $ im Monat"))
                    .isVisible();
        }

        @Test
        void theLanguageOfItsPlaceOnThePage() {
            Page page = publisher().in("en").show(REGISTERED, "lang=\"de-AT\"");

            isWalled(page, "Zum Weiterlesen bitte registrieren.");
        }

        @ParameterizedTest
        @ValueSource(strings = {"fr", "den", "en_US", "x", ""})
        void englishElsewhereAndSaysSo(String language) {
            Page page = publisher().in(language).show(MEMBERS_ONLY);

            isWalled(page, "Sign up to read on.");
            assertThat(page.locator("gatefold-wall [part=wall]")).hasAttribute("lang", "en");
        }
    }

    @Nested
    class EverybodyCanUseIt {
        static Stream<Arguments> screens() {
            return Stream.of(
                    Arguments.of("light", Screen.DESK),
                    Arguments.of("dark", Screen.DESK.inTheDark()),
                    Arguments.of("phone", Screen.PHONE),
                    Arguments.of("phone-dark", Screen.PHONE.inTheDark()));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("screens")
        void onAnyScreen(String name, Screen screen) {
            Publisher publisher = publisher(screen).in("de");
            Page page = publisher.show(MEMBERS_ONLY);
            isWalled(page, "Zum Weiterlesen bitte registrieren.");

            Accessibility.check(page);
            Accessibility.fits(page);
            Browser.keep(page, "wall-" + name);

            page = publisher.show(METERED + "a");
            isOpen(page);
            Accessibility.check(page);
            Accessibility.fits(page);
            Browser.keep(page, "wall-open-" + name);
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("screens")
        void onTheExamplePage(String name, Screen screen) {
            Page page = browser.on(screen);
            page.navigate(service + "example/article.html");
            page.getByLabel("Which article").selectOption("of a title for members");

            assertThat(page.locator("gatefold-wall h2")).hasText("Sign up to read on.");
            Accessibility.check(page);
            Accessibility.fits(page);
            Browser.keep(page, "example-" + name);

            page.getByLabel("Who reads").selectOption("Ann, a member");
            assertThat(page.getByText("You hear them before you see them")).isVisible();
        }

        @Test
        void withoutJavaScript() {
            Page page = browser.on(Screen.DESK.withoutJavaScript());
            page.navigate(service + "example/article.html");

            assertThat(page.getByText("You hear them before you see them")).isVisible();
        }
    }
}
