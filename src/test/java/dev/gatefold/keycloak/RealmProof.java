package dev.gatefold.keycloak;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.gatefold.keycloak.Keycloak.PASSWORD;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.gatefold.Browser;
import dev.gatefold.Packaged;
import dev.gatefold.Screen;
import dev.gatefold.sandbox.LocalPostgres;
import dev.gatefold.sandbox.MovableClock;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The realm that is shipped, in a real Keycloak, before the service as it is shipped. */
class RealmProof {
    @RegisterExtension
    static final Browser browser = new Browser();

    private static final Path SOURCES = Path.of("src/main/resources/catalog/sources.tsv");
    private static final String ARTICLE = "https://www.tomsguide.com/ai/a-story";

    /** The operator's own, which may call Gatefold. */
    private static final String APP = "app";

    /** A key that is not known is looked for every ten seconds. */
    private static final Duration NEW_KEY_IS_KNOWN = Duration.ofSeconds(20);

    /** All keys are fetched once a minute, unless that was done ten seconds before. */
    private static final Duration OLD_KEY_IS_FORGOTTEN = Duration.ofSeconds(80);

    private static String site;
    private static Keycloak keycloak;
    private static LocalPostgres postgres;
    private static StripeSandbox stripe;
    private static Packaged service;

    @BeforeAll
    static void around() throws Exception {
        int port = Keycloak.freePort();
        site = "http://localhost:" + port;
        keycloak = Keycloak.start(site);
        keycloak.addApp(APP);
        keycloak.allow(APP);
        postgres = LocalPostgres.ephemeral();
        stripe = StripeSandbox.startAnywhere(new MovableClock());
        Map<String, String> environment = new HashMap<>(Packaged.environment(postgres, keycloak.issuer(), stripe));
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("GATEFOLD_SITE_URL", site);
        environment.put("GATEFOLD_SITE_HOME", "/account");
        service = Packaged.startAnew(environment);
        service.url();
    }

    @AfterAll
    static void away() {
        service.close();
        stripe.close();
        postgres.close();
        keycloak.close();
    }

    @Nested
    class AReader {
        @Test
        void signsUpAndReadsFreeOfCharge() {
            Page page = browser.on(Screen.PHONE);

            signUp(page, "nora@example.com", "Nora");

            assertThat(page).hasURL(ARTICLE);
            page.navigate(site + "/account");
            assertThat(page.getByText("You are reading free of charge until")).isVisible();
        }

        @Test
        void isTheSameReaderInTheAppAsOnThePages() {
            Page page = browser.on(Screen.DESK);
            signUp(page, "otto@example.com", "Otto");
            assertThat(page).hasURL(ARTICLE);

            String token = keycloak.tokenOf("otto@example.com", APP);

            as(token)
                    .get("/v1/me")
                    .then()
                    .statusCode(200)
                    .body("email", is("otto@example.com"))
                    .body("name", is("Otto Newcomer"));
            as(token)
                    .queryParam("url", ARTICLE)
                    .get("/v1/access")
                    .then()
                    .statusCode(200)
                    .body("reason", is("TRIAL"));
        }

        @Test
        void signsInAgainInAnotherBrowser() {
            Page before = browser.on(Screen.PHONE);
            signUp(before, "pia@example.com", "Pia");
            assertThat(before).hasURL(ARTICLE);
            Page page = browser.on(Screen.DESK);

            page.navigate(site + "/sign-in");
            signIn(page, "pia@example.com", PASSWORD);

            assertThat(page).hasURL(site + "/account");
            assertThat(page.getByText("You are reading free of charge until")).isVisible();
        }

        @Test
        void isNotLetInWithAWrongPassword() {
            keycloak.add("quin@example.com", List.of());
            Page page = browser.on(Screen.DESK);

            page.navigate(site + "/sign-in");
            signIn(page, "quin@example.com", "not the password");

            assertThat(page.getByText("Invalid username or password")).isVisible();
            page.navigate(site + "/account");
            assertThat(page.getByText("You are reading free of charge until"))
                    .not()
                    .isVisible();
        }

        @Test
        void isToldWhenTheSignInIsRefusedThere() {
            Page page = browser.on(Screen.DESK);

            page.navigate(site + "/signed-in?error=access_denied&state=whatever");

            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .hasText("Signing in has failed");
        }
    }

    @Nested
    class TheStaff {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                # role  | looks into a decision | replaces the sources
                admin   | 200                   | 200
                support | 200                   | 403
                reader  | 403                   | 403
                """)
        void mayDoWhatTheirRolesSay(String role, int looks, int replaces) {
            keycloak.add(role + "@example.com", role.equals("reader") ? List.of() : List.of(role));

            String token = keycloak.tokenOf(role + "@example.com", APP);

            as(token).queryParam("url", ARTICLE).get("/admin/v1/access").then().statusCode(looks);
            as(token)
                    .contentType("text/tab-separated-values")
                    .body(SOURCES.toFile())
                    .put("/admin/v1/sources?dryRun=true")
                    .then()
                    .statusCode(replaces);
        }
    }

    @Nested
    class TheBackEnd {
        @Test
        void asksForAReaderByName() {
            keycloak.add("rosa@example.com", List.of());
            String rosa = keycloak.tokenOf("rosa@example.com", APP);
            as(rosa).body(Map.of("startTrial", true))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(201);
            Map<String, ?> question = Map.of(
                    "articles", List.of(Map.of("url", ARTICLE)),
                    "subject", Map.of("issuer", keycloak.issuer(), "subject", keycloak.subject("rosa@example.com")));

            String service = keycloak.tokenOfTheBackEnd();

            as(service)
                    .body(question)
                    .post("/v1/access")
                    .then()
                    .statusCode(200)
                    .body("decisions.reason", contains("TRIAL"));
            as(rosa).body(question).post("/v1/access").then().statusCode(403);
        }

        @Test
        void isNoReaderAndNoStaff() {
            String token = keycloak.tokenOfTheBackEnd();

            as(token).get("/v1/me").then().statusCode(403);
            as(token).queryParam("url", ARTICLE).get("/admin/v1/access").then().statusCode(403);
        }
    }

    @Nested
    class ATokenOfAnotherApp {
        @Test
        void isRefusedUntilItsAudienceIsGatefold() {
            keycloak.add("sven@example.com", List.of("admin"));
            keycloak.addApp("games");

            as(keycloak.tokenOf("sven@example.com", "games"))
                    .queryParam("url", ARTICLE)
                    .get("/admin/v1/access")
                    .then()
                    .statusCode(401);

            keycloak.allow("games");
            as(keycloak.tokenOf("sven@example.com", "games"))
                    .queryParam("url", ARTICLE)
                    .get("/admin/v1/access")
                    .then()
                    .statusCode(200);
        }
    }

    @Nested
    class ASigningKey {
        /** The tokens outlive the test: what ends the old one is that its key is gone. */
        @Test
        void isReplacedAndWithdrawn() {
            keycloak.add("tess@example.com", List.of());
            String old = keycloak.tokenOf("tess@example.com", APP);
            as(old).body(Map.of()).post("/v1/accounts").then().statusCode(201);

            String withdrawn = keycloak.signingKey();
            keycloak.addSigningKey();
            String fresh = keycloak.tokenOf("tess@example.com", APP);

            await().atMost(NEW_KEY_IS_KNOWN).until(() -> isLetIn(fresh));
            as(old).get("/v1/me").then().statusCode(200);

            keycloak.removeSigningKey(withdrawn);

            await().atMost(OLD_KEY_IS_FORGOTTEN).until(() -> !isLetIn(old));
            as(fresh).get("/v1/me").then().statusCode(200);
        }

        private static boolean isLetIn(String token) {
            return as(token).get("/v1/me").statusCode() == 200;
        }
    }

    /** From the wall, by its first button, through the form of Keycloak's. */
    private static void signUp(Page page, String email, String name) {
        page.route(ARTICLE, route -> route.fulfill(new Route.FulfillOptions().setBody("The article")));
        page.navigate(site + "/wall?url=" + ARTICLE);
        page.locator("a[href^='/sign-up']").first().click();
        page.locator("#email").fill(email);
        page.locator("#firstName").fill(name);
        page.locator("#lastName").fill("Newcomer");
        page.locator("#password").fill(PASSWORD);
        page.locator("#password-confirm").fill(PASSWORD);
        page.locator("#kc-register-form [type=submit]").click();
    }

    private static void signIn(Page page, String email, String password) {
        page.locator("#username").fill(email);
        page.locator("#password").fill(password);
        page.locator("#kc-login").click();
    }

    private static RequestSpecification as(String token) {
        return given().baseUri(site).auth().oauth2(token).contentType(ContentType.JSON);
    }
}
