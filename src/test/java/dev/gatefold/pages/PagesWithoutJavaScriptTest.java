package dev.gatefold.pages;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.METERED;
import static dev.gatefold.testing.TestCallers.OPEN;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.gatefold.testing.ServiceTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages in a browser without JavaScript. */
@ServiceTest
class PagesWithoutJavaScriptTest {
    private static final String SESSION = "__Host-gatefold";

    /** Returns requests with cookies that follow no redirects. */
    private static RequestSpecification withCookies(Map<String, String> cookies) {
        return given().redirects().follow(false).cookies(cookies);
    }

    private static Response openWall(Map<String, String> cookies, String url) {
        return withCookies(cookies).queryParam("url", url).get("/wall");
    }

    /** Signs in at the issuer as a new reader, and returns the response to the return from the issuer. */
    private static Response signIn(String path, String article) {
        return signIn(path, article, newSubject());
    }

    private static Response signIn(String path, String article, String subject) {
        Response toIssuer = withCookies(Map.of()).queryParam("article", article).get(path);
        String authorize = toIssuer.then().statusCode(303).extract().header("Location");
        String page = given().urlEncodingEnabled(false).get(authorize).asString();
        String chosen = given().redirects()
                .follow(false)
                .formParam("request", hiddenField(page, "request"))
                .formParam("other-subject", subject)
                .post(URI.create(authorize).resolve("/choose"))
                .header("Location");
        // the site URL is a setting and lacks the random port of the test
        URI callback = URI.create(chosen);
        return withCookies(toIssuer.cookies())
                .urlEncodingEnabled(false)
                .get(callback.getRawPath() + "?" + callback.getRawQuery());
    }

    private static Map<String, String> signedUp() {
        return signIn("/sign-up", MEMBERS_ONLY).then().statusCode(303).extract().cookies();
    }

    private static String hiddenField(String page, String name) {
        Matcher field =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
        assertThat(field.find()).as(name + " in " + page).isTrue();
        return field.group(1);
    }

    private static Map<String, String> without(Map<String, String> cookies, String name) {
        Map<String, String> others = new HashMap<>(cookies);
        others.remove(name);
        return others;
    }

    @Nested
    class PagesAsVisitor {
        @Test
        void wallShowsPricesToVisitor() {
            openWall(Map.of(), MEMBERS_ONLY)
                    .then()
                    .statusCode(200)
                    .contentType("text/html")
                    .body(containsString("Sign up to read this article"))
                    .body(containsString("Start free trial"))
                    .body(
                            containsString(
                                    "Free for 14 days. No card needed. It ends by itself. After that, $9.99 per month if you join."))
                    .body(containsString("Tom&#39;s Guide"));
        }

        @Test
        void wallIsShownInGerman() {
            withCookies(Map.of())
                    .header("Accept-Language", "de-AT,de;q=0.9,en;q=0.5")
                    .queryParam("url", MEMBERS_ONLY)
                    .get("/wall")
                    .then()
                    .body(containsString("<html lang=\"de\">"), containsString("Kostenlos testen"))
                    .body(containsString("Keine Karte nötig."), not(containsString("Sign in")));
        }

        @Test
        void wallRedirectsToOpenArticle() {
            openWall(Map.of(), OPEN).then().statusCode(303).header("Location", is(OPEN));
        }

        @Test
        void accountPageRedirectsVisitorToSignIn() {
            withCookies(Map.of()).get("/account").then().statusCode(303).header("Location", containsString("/sign-in"));
            withCookies(Map.of())
                    .formParam("csrf", "")
                    .post("/account/trial")
                    .then()
                    .statusCode(403);
        }
    }

    @Nested
    class SignUpOnPages {
        @Test
        void signUpReturnsToArticleInTrial() {
            Response signedIn = signIn("/sign-up", MEMBERS_ONLY);

            signedIn.then().statusCode(303).header("Location", is(MEMBERS_ONLY));
            openWall(signedIn.cookies(), MEMBERS_ONLY).then().statusCode(303).header("Location", is(MEMBERS_ONLY));
            withCookies(signedIn.cookies())
                    .get("/account")
                    .then()
                    .statusCode(200)
                    .body(containsString("Your free trial ends on"));
        }

        @Test
        void sessionCookiesAreHostOnlyAndHttpOnly() {
            Response signedIn = signIn("/sign-up", MEMBERS_ONLY);

            assertThat(signedIn.headers().getValues("Set-Cookie"))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(cookie -> assertThat(cookie)
                            .startsWith("__Host-")
                            .contains("Secure")
                            .containsIgnoringCase("HttpOnly")
                            .containsIgnoringCase("SameSite=Lax")
                            .containsIgnoringCase("Path=/")
                            .doesNotContainIgnoringCase("Domain"));
        }

        @Test
        void signedOutReaderSeesSignInWithoutOffers() {
            Map<String, String> cookies = signedUp();

            openWall(without(cookies, SESSION), MEMBERS_ONLY)
                    .then()
                    .statusCode(200)
                    .body(containsString("Sign in to keep reading"))
                    .body(not(containsString("free")), not(containsString("$")));

            String csrf = hiddenField(withCookies(cookies).get("/account").asString(), "csrf");
            withCookies(cookies)
                    .formParam("csrf", csrf)
                    .post("/sign-out")
                    .then()
                    .statusCode(303);
            withCookies(cookies).get("/account").then().statusCode(303).header("Location", containsString("/sign-in"));
        }

        @Test
        void readerGoesToCheckoutAndReturns() {
            Map<String, String> cookies = signedUp();
            String page = withCookies(cookies).get("/account").asString();

            withCookies(cookies)
                    .formParam("csrf", hiddenField(page, "csrf"))
                    .formParam("plan", hiddenField(page, "plan"))
                    .formParam("interval", hiddenField(page, "interval"))
                    .formParam("key", hiddenField(page, "key"))
                    .post("/account/checkout")
                    .then()
                    .statusCode(303)
                    .header("Location", containsString("/pay/cs_"));
        }
    }

    @Nested
    class CrossSiteProtection {
        @Test
        void crossSiteFormIsRejected() {
            Map<String, String> cookies = signedUp();
            String otherSession =
                    hiddenField(withCookies(signedUp()).get("/account").asString(), "csrf");

            for (String csrf : new String[] {"", "x", otherSession}) {
                for (String path : new String[] {
                    "cancel", "resume", "portal", "pay", "trial", "checkout", "shares", "shares/revoke"
                }) {
                    withCookies(cookies)
                            .formParam("csrf", csrf)
                            .formParam("plan", "membership")
                            .formParam("interval", "MONTH")
                            .formParam("key", "k")
                            .formParam("article", MEMBERS_ONLY)
                            .formParam("code", "c")
                            .post("/account/" + path)
                            .then()
                            .statusCode(403);
                }
                withCookies(cookies)
                        .formParam("csrf", csrf)
                        .post("/sign-out")
                        .then()
                        .statusCode(403);
            }
        }

        @Test
        void contentSecurityPolicyForbidsFramesAndScripts() {
            openWall(Map.of(), MEMBERS_ONLY)
                    .then()
                    .header(
                            "Content-Security-Policy",
                            allOf(
                                    startsWith("default-src 'none'"),
                                    containsString("frame-ancestors 'none'"),
                                    not(containsString("script-src")),
                                    not(containsString("unsafe"))))
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Referrer-Policy", "same-origin")
                    .header("Cache-Control", "no-store")
                    .body(not(containsString("<script")), not(containsString("style=\"")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "https://evil.example/?https://www.tomsguide.com/",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https:evil.example",
                "https:/evil.example",
                "http:\\\\evil.example",
                "https://www.tomsguide.com@evil.example/a",
                "https://www.tomsguide.com:443@evil.example/",
                "https://www.tomsguide.com.evil.example/a",
                "https://evil.example#www.tomsguide.com",
                "https://evil.example\\.tomsguide.com/",
                "https://eviltomsguide.com/",
                "https://tomsguide.com:8443/a",
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                "java\tscript:alert(1)",
                "data:text/html,<script>alert(1)</script>",
                "vbscript:msgbox(1)",
                "file:///etc/passwd",
                "ftp://www.tomsguide.com/a",
                "about:blank",
                "blob:https://www.tomsguide.com/a",
                "view-source:https://www.tomsguide.com/",
                "%68%74%74%70%73%3a//evil.example",
                "https%3A%2F%2Fevil.example",
                "https://[::1]/",
                "https://127.0.0.1/",
                "https://localhost/",
                "https://2130706433/",
                "https://evil.example/%2e%2e/www.tomsguide.com",
                "https://evil.example%2f.tomsguide.com/",
                "https://evil.example%23.tomsguide.com/",
                "https://evil.example%00.tomsguide.com/",
                "https://evil.example?.tomsguide.com/",
                "https://tomsguide.com\u3002evil.example/",
                "https://evil\u2024example/",
                "https://xn--tomsguide-.com/",
                "https://",
                "https:///a",
                "https://?",
                ".",
                "..",
                "./a",
                "../account",
                "a/b",
                "?x",
                "#x",
                " ",
                "\u0000",
                "\r\nSet-Cookie: a=b",
                "https://evil.example/\r\nLocation: https://evil.example",
                "mailto:a@evil.example",
                "tel:1",
                "intent://evil.example#Intent;scheme=https;end",
                "https://evil.example/.well-known",
                "wss://www.tomsguide.com/",
                "https://www.tomsguide.com.:evil.example"
            })
    void returnUrlOutsideKnownSourcesIsRejected(String hostile) {
        Response signedIn = signIn("/sign-in", hostile);

        signedIn.then().statusCode(303).header("Location", is("http://localhost:8080/"));
        assertThat(signedIn.cookies()).containsKey(SESSION);
    }

    @Nested
    class ErrorPageFormat {
        private static Response getAsBrowser(String path) {
            return given().accept("text/html,*/*;q=0.8").get(path);
        }

        @Test
        void browserGetsErrorPageInItsLanguage() {
            for (String nowhere : new String[] {"/nowhere", "/share/nothing", "/sign-in/x"}) {
                getAsBrowser(nowhere)
                        .then()
                        .statusCode(404)
                        .contentType("text/html")
                        .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                        .body(containsString("Page not found"));
            }
            given().accept("text/html")
                    .header("Accept-Language", "de")
                    .get("/signed-in")
                    .then()
                    .statusCode(400)
                    .body(containsString("Die Anmeldung ist fehlgeschlagen"));
        }

        @Test
        void programGetsProblemJson() {
            given().get("/nowhere").then().statusCode(404).contentType("application/problem+json");
            getAsBrowser("/v1/nowhere").then().statusCode(404).contentType("application/problem+json");
            getAsBrowser("/v1/me").then().statusCode(401).contentType("application/problem+json");
        }
    }

    @Nested
    class BrowserPrefetch {
        private Response article(String story, String purpose) {
            return given().header("Sec-Purpose", purpose)
                    .queryParam("url", METERED + story)
                    .get("/reader/article");
        }

        @Test
        void prefetchRecordsNoRead() {
            article("prefetched", "prefetch;prerender").then().statusCode(503).header("Set-Cookie", nullValue());
            Response head = given().queryParam("url", METERED + "prefetched").head("/reader/article");

            Map<String, String> cookies = head.then().statusCode(200).extract().cookies();
            withCookies(cookies)
                    .get("/reader")
                    .then()
                    .body(containsString("5 of 5 free articles left this month"), not(containsString("4 of 5")));
        }
    }

    @Test
    void articleOpensInManyTabsConcurrently() {
        Map<String, String> cookies = signedUp();
        try (var tabs = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> opened = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                opened.add(tabs.submit(() -> withCookies(cookies)
                        .queryParam("url", MEMBERS_ONLY)
                        .get("/reader/article")
                        .statusCode()));
            }

            assertThat(opened).allSatisfy(tab -> assertThat(tab.get()).isEqualTo(200));
        }
    }

    @Test
    void accountPageUsesLocaleOfAccount() {
        String subject = newSubject();
        Map<String, String> cookies =
                signIn("/sign-up", MEMBERS_ONLY, subject).then().extract().cookies();
        assertThat(withCookies(cookies).get("/account").asString()).contains("<html lang=\"en\">");

        withBearerToken(issueToken(subject))
                .body(Map.of("locale", "de-CH", "timeZone", "Pacific/Auckland"))
                .patch("/v1/me")
                .then()
                .statusCode(200);

        withCookies(cookies)
                .header("Accept-Language", "fr, en")
                .get("/account")
                .then()
                .body(containsString("<html lang=\"de\">"), containsString("Ihr kostenloser Testzeitraum endet am"));
    }

    @Test
    void pagesStayBelowSizeLimit() {
        int style = given().get("/gatefold.css").asByteArray().length;
        int wall = openWall(Map.of(), MEMBERS_ONLY).asByteArray().length;

        assertThat(style + wall).isLessThan(20_000);
    }
}
