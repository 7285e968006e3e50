package dev.gatefold.keycloak;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.gatefold.keycloak.KeycloakServer.PASSWORD;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.gatefold.sandbox.control.MovableClock;
import dev.gatefold.sandbox.database.LocalPostgres;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import dev.gatefold.testing.BrowserScreen;
import dev.gatefold.testing.PackagedService;
import dev.gatefold.testing.TestBrowser;
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

/** Runs the packaged service with a Keycloak server that has imported the realm of {@code src/main/keycloak}. */
class KeycloakRealmProof {
    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    private static final Path SOURCES = Path.of("src/main/resources/catalog/sources.tsv");
    private static final String ARTICLE = "https://www.tomsguide.com/ai/a-story";

    /** A client of the operator that may call Gatefold. */
    private static final String APP = "app";

    /** Unknown keys are looked up at most every ten seconds. */
    private static final Duration NEW_KEY_TIMEOUT = Duration.ofSeconds(20);

    /** The keys are refreshed once a minute, and not within ten seconds of the last refresh. */
    private static final Duration OLD_KEY_TIMEOUT = Duration.ofSeconds(80);

    private static String site;
    private static KeycloakServer keycloak;
    private static LocalPostgres postgres;
    private static StripeSandbox stripe;
    private static PackagedService service;

    @BeforeAll
    static void startServices() throws Exception {
        int port = KeycloakServer.freePort();
        site = "http://localhost:" + port;
        keycloak = KeycloakServer.start(site);
        keycloak.addClient(APP);
        keycloak.addAudienceTo(APP);
        postgres = LocalPostgres.ephemeral();
        stripe = StripeSandbox.startOnFreePort(new MovableClock());
        Map<String, String> environment =
                new HashMap<>(PackagedService.environment(postgres, keycloak.issuer(), stripe));
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("GATEFOLD_SITE_URL", site);
        environment.put("GATEFOLD_SITE_HOME", "/account");
        service = PackagedService.startWithMigration(environment);
        service.url();
    }

    @AfterAll
    static void stopServices() {
        service.close();
        stripe.close();
        postgres.close();
        keycloak.close();
    }

    @Nested
    class KeycloakReaders {
        @Test
        void readerSignsUpInKeycloakAndStartsTrial() {
            Page page = browser.openPage(BrowserScreen.PHONE);

            signUp(page, "nora@example.com", "Nora");

            assertThat(page).hasURL(ARTICLE);
            page.navigate(site + "/account");
            assertThat(page.getByText("Your free trial ends on")).isVisible();
        }

        @Test
        void appAndPagesIdentifySameReader() {
            Page page = browser.openPage(BrowserScreen.DESK);
            signUp(page, "otto@example.com", "Otto");
            assertThat(page).hasURL(ARTICLE);

            String token = keycloak.userToken("otto@example.com", APP);

            withToken(token)
                    .get("/v1/me")
                    .then()
                    .statusCode(200)
                    .body("email", is("otto@example.com"))
                    .body("name", is("Otto Newcomer"));
            withToken(token)
                    .queryParam("url", ARTICLE)
                    .get("/v1/access")
                    .then()
                    .statusCode(200)
                    .body("reason", is("TRIAL"));
        }

        @Test
        void readerSignsInAgainInAnotherBrowser() {
            Page before = browser.openPage(BrowserScreen.PHONE);
            signUp(before, "pia@example.com", "Pia");
            assertThat(before).hasURL(ARTICLE);
            Page page = browser.openPage(BrowserScreen.DESK);

            page.navigate(site + "/sign-in");
            signIn(page, "pia@example.com", PASSWORD);

            assertThat(page).hasURL(site + "/account");
            assertThat(page.getByText("Your free trial ends on")).isVisible();
        }

        @Test
        void signOutEndsSessionInKeycloak() {
            Page page = browser.openPage(BrowserScreen.DESK);
            signUp(page, "rick@example.com", "Rick");
            assertThat(page).hasURL(ARTICLE);
            page.navigate(site + "/sign-in");
            assertThat(page).hasURL(site + "/account");

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                    .click();

            // the home page is the account page, which leads to the sign-in form of Keycloak
            assertThat(page.locator("#password")).isVisible();
        }

        @Test
        void wrongPasswordIsRejected() {
            keycloak.addUser("quin@example.com", List.of());
            Page page = browser.openPage(BrowserScreen.DESK);

            page.navigate(site + "/sign-in");
            signIn(page, "quin@example.com", "not the password");

            assertThat(page.getByText("Invalid username or password")).isVisible();
            page.navigate(site + "/account");
            assertThat(page.getByText("Your free trial ends on")).not().isVisible();
        }

        @Test
        void refusedSignInShowsErrorPage() {
            Page page = browser.openPage(BrowserScreen.DESK);

            page.navigate(site + "/signed-in?error=access_denied&state=whatever");

            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .hasText("Sign-in failed");
        }
    }

    @Nested
    class KeycloakStaff {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                # role  | status of the decision query | status of replacing the sources
                admin   | 200                   | 200
                support | 200                   | 403
                reader  | 403                   | 403
                """)
        void staffPermissionsFollowKeycloakRoles(String role, int queryStatus, int replaceStatus) {
            keycloak.addUser(role + "@example.com", role.equals("reader") ? List.of() : List.of(role));

            String token = keycloak.userToken(role + "@example.com", APP);

            withToken(token)
                    .queryParam("url", ARTICLE)
                    .get("/admin/v1/access")
                    .then()
                    .statusCode(queryStatus);
            withToken(token)
                    .contentType("text/tab-separated-values")
                    .body(SOURCES.toFile())
                    .put("/admin/v1/sources?dryRun=true")
                    .then()
                    .statusCode(replaceStatus);
        }
    }

    @Nested
    class KeycloakServiceAccount {
        @Test
        void serviceAccountQueriesForReader() {
            keycloak.addUser("rosa@example.com", List.of());
            String rosa = keycloak.userToken("rosa@example.com", APP);
            withToken(rosa)
                    .body(Map.of("startTrial", true))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(201);
            Map<String, ?> query = Map.of(
                    "articles", List.of(Map.of("url", ARTICLE)),
                    "subject", Map.of("issuer", keycloak.issuer(), "subject", keycloak.subjectOf("rosa@example.com")));

            String service = keycloak.serviceToken();

            withToken(service)
                    .body(query)
                    .post("/v1/access")
                    .then()
                    .statusCode(200)
                    .body("decisions.reason", contains("TRIAL"));
            withToken(rosa).body(query).post("/v1/access").then().statusCode(403);
        }

        @Test
        void serviceAccountIsNeitherReaderNorStaff() {
            String token = keycloak.serviceToken();

            withToken(token).get("/v1/me").then().statusCode(403);
            withToken(token)
                    .queryParam("url", ARTICLE)
                    .get("/admin/v1/access")
                    .then()
                    .statusCode(403);
        }
    }

    @Nested
    class TokenOfAnotherClient {
        @Test
        void tokenOfAnotherClientIsRejectedWithoutGatefoldAudience() {
            keycloak.addUser("sven@example.com", List.of("admin"));
            keycloak.addClient("games");

            withToken(keycloak.userToken("sven@example.com", "games"))
                    .queryParam("url", ARTICLE)
                    .get("/admin/v1/access")
                    .then()
                    .statusCode(401);

            keycloak.addAudienceTo("games");
            withToken(keycloak.userToken("sven@example.com", "games"))
                    .queryParam("url", ARTICLE)
                    .get("/admin/v1/access")
                    .then()
                    .statusCode(200);
        }
    }

    @Nested
    class SigningKeyReplacement {
        /** The tokens do not expire during the test, so a rejection is due to the removed key. */
        @Test
        void replacedSigningKeyIsAcceptedAndWithdrawnKeyRejected() {
            keycloak.addUser("tess@example.com", List.of());
            String oldToken = keycloak.userToken("tess@example.com", APP);
            withToken(oldToken).body(Map.of()).post("/v1/accounts").then().statusCode(201);

            String withdrawn = keycloak.signingKey();
            keycloak.addSigningKey();
            String newToken = keycloak.userToken("tess@example.com", APP);

            await().atMost(NEW_KEY_TIMEOUT).until(() -> isAccepted(newToken));
            withToken(oldToken).get("/v1/me").then().statusCode(200);

            keycloak.removeSigningKey(withdrawn);

            await().atMost(OLD_KEY_TIMEOUT).until(() -> !isAccepted(oldToken));
            withToken(newToken).get("/v1/me").then().statusCode(200);
        }

        private static boolean isAccepted(String token) {
            return withToken(token).get("/v1/me").statusCode() == 200;
        }
    }

    /** Signs up by the first link of the paywall and Keycloak's registration form. */
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

    private static RequestSpecification withToken(String token) {
        return given().baseUri(site).auth().oauth2(token).contentType(ContentType.JSON);
    }
}
