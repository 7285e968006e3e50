package dev.gatefold.pages;

import static dev.gatefold.Actors.MEMBERS_ONLY;
import static dev.gatefold.Actors.METERED;
import static dev.gatefold.Actors.OPEN;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.token;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.gatefold.ServiceTest;
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

/** The pages, as a browser without JavaScript goes through them. */
@ServiceTest
class PagesTest {
    private static final String SESSION = "__Host-gatefold";
    private static final String SIGN_IN = "__Host-gatefold-sign-in";

    /** A browser that follows no redirect by itself. */
    private static RequestSpecification browser(Map<String, String> cookies) {
        return given().redirects().follow(false).cookies(cookies);
    }

    private static Response wall(Map<String, String> cookies, String url) {
        return browser(cookies).queryParam("url", url).get("/wall");
    }

    /** Goes to the issuer and back, as somebody new; answers what the browser is told in the end. */
    private static Response signIn(String path, String article) {
        return signIn(path, article, someone());
    }

    private static Response signIn(String path, String article, String subject) {
        Response away = browser(Map.of()).queryParam("article", article).get(path);
        String authorize = away.then().statusCode(303).extract().header("Location");
        String page = given().urlEncodingEnabled(false).get(authorize).asString();
        String chosen = given().redirects()
                .follow(false)
                .formParam("request", hidden(page, "request"))
                .formParam("somebody", subject)
                .post(URI.create(authorize).resolve("/choose"))
                .header("Location");
        // the address of the site is a setting, and does not know the port that a test has drawn
        URI back = URI.create(chosen);
        return browser(away.cookies()).urlEncodingEnabled(false).get(back.getRawPath() + "?" + back.getRawQuery());
    }

    private static Map<String, String> signedUp() {
        return signIn("/sign-up", MEMBERS_ONLY).then().statusCode(303).extract().cookies();
    }

    private static String hidden(String page, String name) {
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
    class AVisitor {
        @Test
        void meetsTheWallWithWhatItCosts() {
            wall(Map.of(), MEMBERS_ONLY)
                    .then()
                    .statusCode(200)
                    .contentType("text/html")
                    .body(containsString("Sign up to read this article"))
                    .body(containsString("Start 14 days free"))
                    .body(containsString("$9.99 a month from"))
                    .body(containsString("Tom&#39;s Guide"));
        }

        @Test
        void meetsItInGermanToo() {
            browser(Map.of())
                    .header("Accept-Language", "de-AT,de;q=0.9,en;q=0.5")
                    .queryParam("url", MEMBERS_ONLY)
                    .get("/wall")
                    .then()
                    .body(containsString("<html lang=\"de\">"), containsString("14 Tage kostenlos lesen"))
                    .body(containsString("jederzeit kündbar"), not(containsString("Sign in")));
        }

        @Test
        void isLedOnWhereEverybodyReads() {
            wall(Map.of(), OPEN).then().statusCode(303).header("Location", is(OPEN));
        }

        @Test
        void hasNoAccountToLookAt() {
            browser(Map.of()).get("/account").then().statusCode(303).header("Location", containsString("/sign-in"));
            browser(Map.of())
                    .formParam("csrf", "")
                    .post("/account/trial")
                    .then()
                    .statusCode(403);
        }
    }

    @Nested
    class WhoSignsUp {
        @Test
        void isLedBackToTheArticleInTheFreeDays() {
            Response back = signIn("/sign-up", MEMBERS_ONLY);

            back.then().statusCode(303).header("Location", is(MEMBERS_ONLY));
            wall(back.cookies(), MEMBERS_ONLY).then().statusCode(303).header("Location", is(MEMBERS_ONLY));
            browser(back.cookies())
                    .get("/account")
                    .then()
                    .statusCode(200)
                    .body(containsString("You are reading free of charge until"));
        }

        @Test
        void getsCookiesOfThisHostAloneThatNoScriptReads() {
            Response back = signIn("/sign-up", MEMBERS_ONLY);

            assertThat(back.headers().getValues("Set-Cookie"))
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
        void signsOutAndIsNotSoldAnythingWhenTheSessionEnds() {
            Map<String, String> cookies = signedUp();

            wall(without(cookies, SESSION), MEMBERS_ONLY)
                    .then()
                    .statusCode(200)
                    .body(containsString("Sign in to go on reading"))
                    .body(not(containsString("free")), not(containsString("$")));

            String csrf = hidden(browser(cookies).get("/account").asString(), "csrf");
            browser(cookies).formParam("csrf", csrf).post("/sign-out").then().statusCode(303);
            browser(cookies).get("/account").then().statusCode(303).header("Location", containsString("/sign-in"));
        }

        @Test
        void canGoToTheCheckoutAndComesBack() {
            Map<String, String> cookies = signedUp();
            String page = browser(cookies).get("/account").asString();

            browser(cookies)
                    .formParam("csrf", hidden(page, "csrf"))
                    .formParam("plan", hidden(page, "plan"))
                    .formParam("interval", hidden(page, "interval"))
                    .formParam("key", hidden(page, "key"))
                    .post("/account/checkout")
                    .then()
                    .statusCode(303)
                    .header("Location", containsString("/pay/cs_"));
        }
    }

    @Nested
    class AnotherSite {
        @Test
        void cannotSendAFormInAReadersName() {
            Map<String, String> cookies = signedUp();
            String others = hidden(browser(signedUp()).get("/account").asString(), "csrf");

            for (String csrf : new String[] {"", "x", others}) {
                for (String path : new String[] {"cancel", "keep", "portal", "trial", "checkout"}) {
                    browser(cookies)
                            .formParam("csrf", csrf)
                            .formParam("plan", "membership")
                            .formParam("interval", "MONTH")
                            .formParam("key", "k")
                            .post("/account/" + path)
                            .then()
                            .statusCode(403);
                }
                browser(cookies)
                        .formParam("csrf", csrf)
                        .post("/sign-out")
                        .then()
                        .statusCode(403);
            }
        }

        @Test
        void cannotSignAReaderInAsSomebodyElse() {
            Response away = browser(Map.of()).get("/sign-in");
            String state = away.header("Location").replaceFirst(".*state=([^&]*).*", "$1");

            browser(Map.of())
                    .queryParam("code", "c")
                    .queryParam("state", state)
                    .get("/signed-in")
                    .then()
                    .statusCode(400);
            browser(away.cookies())
                    .queryParam("code", "c")
                    .queryParam("state", "x")
                    .get("/signed-in")
                    .then()
                    .statusCode(400);
        }

        @Test
        void cannotPutAFrameRoundAPageNorAScriptIntoIt() {
            wall(Map.of(), MEMBERS_ONLY)
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
    void nobodyIsLedBackToWhereNoArticleIs(String hostile) {
        Response back = signIn("/sign-in", hostile);

        back.then().statusCode(303).header("Location", is("http://localhost:8080/"));
        assertThat(back.cookies()).containsKey(SESSION);
        assertThat(back.cookies().get(SIGN_IN)).isEmpty();
    }

    @Nested
    class WhoMeetsAProblem {
        private static Response asPeople(String path) {
            return given().accept("text/html,*/*;q=0.8").get(path);
        }

        @Test
        void getsAPageInABrowserInTheirLanguage() {
            for (String nowhere : new String[] {"/nowhere", "/share/nothing", "/sign-in/x"}) {
                asPeople(nowhere)
                        .then()
                        .statusCode(404)
                        .contentType("text/html")
                        .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                        .body(containsString("There is nothing here"));
            }
            given().accept("text/html")
                    .header("Accept-Language", "de")
                    .get("/signed-in")
                    .then()
                    .statusCode(400)
                    .body(containsString("Die Anmeldung ist fehlgeschlagen"));
        }

        @Test
        void getsWhatProgramsGetAnywhereElse() {
            given().get("/nowhere").then().statusCode(404).contentType("application/problem+json");
            asPeople("/v1/nowhere").then().statusCode(404).contentType("application/problem+json");
            asPeople("/v1/me").then().statusCode(401).contentType("application/problem+json");
        }
    }

    @Nested
    class WhatABrowserFetchesAhead {
        private Response article(String story, String purpose) {
            return given().header("Sec-Purpose", purpose)
                    .queryParam("url", METERED + story)
                    .get("/reader/article");
        }

        @Test
        void opensNothing() {
            article("ahead", "prefetch;prerender").then().statusCode(503).header("Set-Cookie", nullValue());
            Response head = given().queryParam("url", METERED + "ahead").head("/reader/article");

            Map<String, String> cookies = head.then().statusCode(200).extract().cookies();
            browser(cookies)
                    .get("/reader")
                    .then()
                    .body(containsString("5 of 5 free this month"), not(containsString("4 of 5")));
        }
    }

    @Test
    void anArticleIsOpenInManyTabsAtOnce() {
        Map<String, String> cookies = signedUp();
        try (var tabs = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> opened = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                opened.add(tabs.submit(() -> browser(cookies)
                        .queryParam("url", MEMBERS_ONLY)
                        .get("/reader/article")
                        .statusCode()));
            }

            assertThat(opened).allSatisfy(tab -> assertThat(tab.get()).isEqualTo(200));
        }
    }

    @Test
    void aReaderIsAddressedAsTheAccountSays() {
        String subject = someone();
        Map<String, String> cookies =
                signIn("/sign-up", MEMBERS_ONLY, subject).then().extract().cookies();
        assertThat(browser(cookies).get("/account").asString()).contains("<html lang=\"en\">");

        bearer(token(subject))
                .body(Map.of("locale", "de-CH", "timeZone", "Pacific/Auckland"))
                .patch("/v1/me")
                .then()
                .statusCode(200);

        browser(cookies)
                .header("Accept-Language", "fr, en")
                .get("/account")
                .then()
                .body(containsString("<html lang=\"de\">"), containsString("Sie lesen bis"));
    }

    @Test
    void thePagesAreLight() {
        int style = given().get("/gatefold.css").asByteArray().length;
        int wall = wall(Map.of(), MEMBERS_ONLY).asByteArray().length;

        assertThat(style + wall).isLessThan(20_000);
    }
}
