package dev.gatefold.pages.signin;

import static dev.gatefold.testing.TestCallers.METERED;
import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.gatefold.testing.ServiceTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Sign-ins in several tabs, the back button, reloads, other host names, and sign-outs. */
@ServiceTest
class ParallelSignInTest {
    private static final String SESSION = "__Host-gatefold";
    private static final String SIGN_IN = "__Host-gatefold-sign-in";
    private static final String ID_TOKEN = "__Host-gatefold-id-token";
    private static final String ONE = METERED + "one";
    private static final String TWO = METERED + "two";

    private final SignInTab tab = new SignInTab(new HashMap<>(), new HashMap<>());
    private final String subject = newSubject();

    private static String issuer() {
        return ConfigProvider.getConfig().getValue("quarkus.oidc.auth-server-url", String.class);
    }

    private static String withArticle(String article) {
        return "/sign-in?article=" + article;
    }

    /** Signs in, and returns the URL to which the issuer led back. */
    private String signIn(String path) {
        String back = tab.chooseUser(tab.start(path), subject);
        tab.open(back).then().statusCode(303);
        return back;
    }

    private String csrf() {
        return tab.get("/account").htmlPath().getString("**.find { it.@name == 'csrf' }.@value");
    }

    @Nested
    class SeveralTabs {
        @Test
        void eachTabReturnsToItsArticle() {
            String first = tab.start(withArticle(ONE));
            String second = tab.start(withArticle(TWO));

            tab.open(tab.chooseUser(first, subject)).then().statusCode(303).header("Location", is(ONE));
            tab.open(tab.chooseUser(second, subject)).then().statusCode(303).header("Location", is(TWO));
            tab.get("/account").then().statusCode(200);
        }

        @Test
        void tabsMayReturnInAnotherOrder() {
            String first = tab.start(withArticle(ONE));
            String second = tab.start(withArticle(TWO));

            tab.open(tab.chooseUser(second, subject)).then().header("Location", is(TWO));
            tab.open(tab.chooseUser(first, subject)).then().header("Location", is(ONE));
        }

        @Test
        void secondSignInOfSameReaderKeepsFormsOfFirstTabValid() {
            String second = tab.start(withArticle(TWO));
            signIn(withArticle(ONE));
            String csrf = csrf();

            tab.open(tab.chooseUser(second, subject)).then().statusCode(303);

            assertThat(csrf()).isEqualTo(csrf);
        }

        @Test
        void signInOfAnotherReaderEndsSession() {
            signIn("/sign-in");
            Map<String, String> before = Map.of(SESSION, tab.cookies().get(SESSION));

            tab.open(tab.chooseUser(tab.start("/sign-in"), newSubject())).then().statusCode(303);

            tab.get("/account").then().statusCode(200);
            new SignInTab(new HashMap<>(before), new HashMap<>())
                    .get("/account")
                    .then()
                    .statusCode(303);
        }

        @Test
        void tabThatLostItsCookieToSimultaneousOneStartsAnew() {
            String first = tab.start(withArticle(ONE));
            tab.cookies().remove(SIGN_IN);
            tab.start(withArticle(TWO));

            String again = tab.open(tab.chooseUser(first, subject))
                    .then()
                    .statusCode(303)
                    .header("Location", startsWith(issuer() + "/authorize"))
                    .extract()
                    .header("Location");

            tab.open(tab.chooseUser(again, subject)).then().statusCode(303).header("Location", is(ONE));
        }
    }

    @Nested
    class BackAndReload {
        @Test
        void reloadLeadsSignedInReaderToArticle() {
            String back = signIn(withArticle(ONE));

            tab.open(back).then().statusCode(303).header("Location", is(ONE));
            tab.open(back).then().statusCode(303).header("Location", is(ONE));
        }

        @Test
        void reloadAfterSignOutStartsAnewAndReturnsToArticle() {
            String back = signIn(withArticle(ONE));
            tab.post("/sign-out").then().statusCode(303);

            String again = tab.open(back).header("Location");

            assertThat(again).startsWith(issuer() + "/authorize").doesNotContain("prompt=");
            assertThat(tab.cookies()).doesNotContainKey(SESSION);
            tab.open(tab.chooseUser(again, subject)).then().header("Location", is(ONE));
        }

        @Test
        void expiredSignInStartsAnew() {
            String back = tab.chooseUser(tab.start(withArticle(ONE)), subject);
            advanceClock(Duration.ofMinutes(30));

            String again = tab.open(back).then().statusCode(303).extract().header("Location");

            assertThat(again).startsWith(issuer() + "/authorize");
            assertThat(tab.cookies()).doesNotContainKey(SESSION);
            tab.open(tab.chooseUser(again, subject)).then().header("Location", is(ONE));
        }

        @Test
        void signUpThatExpiredStillStartsTrial() {
            String back = tab.chooseUser(tab.start("/sign-up"), subject);
            advanceClock(Duration.ofHours(2));

            String again = tab.open(back).header("Location");
            tab.open(tab.chooseUser(again, subject)).then().statusCode(303);

            tab.get("/account").then().body(containsString("Your free trial ends on"));
        }

        @Test
        void unknownSignInStartsAnew() {
            tab.get("/signed-in?code=c&state=unknown")
                    .then()
                    .statusCode(303)
                    .header("Location", startsWith(issuer() + "/authorize"));
        }

        @Test
        void browserWithoutCookiesSeesErrorAfterOneRestart() {
            String back = tab.chooseUser(tab.start("/sign-in"), subject);
            tab.cookies().clear();
            String again = tab.open(back).then().statusCode(303).extract().header("Location");
            tab.cookies().clear();

            tab.open(tab.chooseUser(again, subject)).then().statusCode(400).body(containsString("Sign-in failed"));
        }

        @Test
        void readerWhoCancelsSeesErrorUnlessSignedIn() {
            tab.get("/signed-in?error=access_denied&state=x").then().statusCode(400);

            signIn("/sign-in");

            tab.get("/signed-in?error=access_denied&state=x").then().statusCode(303);
        }

        @Test
        void rejectedCodeShowsErrorOnce() {
            String state = tab.start("/sign-in").replaceFirst(".*[?&]state=([^&]*).*", "$1");

            tab.get("/signed-in?code=forged&state=" + state).then().statusCode(400);

            tab.get("/signed-in?code=forged&state=" + state)
                    .then()
                    .statusCode(303)
                    .header("Location", startsWith(issuer() + "/authorize"));
        }

        @Test
        void codeIsRedeemedOnlyInBrowserThatStarted() {
            String back = tab.chooseUser(tab.start("/sign-in"), subject);
            SignInTab other = new SignInTab(new HashMap<>(), new HashMap<>());
            other.start("/sign-in");

            other.open(back).then().statusCode(303).header("Location", startsWith(issuer() + "/authorize"));

            assertThat(other.cookies()).doesNotContainKey(SESSION);
        }
    }

    @Nested
    class OtherHostName {
        @Test
        void signInMovesToConfiguredHost() {
            RestAssured.given()
                    .redirects()
                    .follow(false)
                    .header("Host", "www.other.example:8080")
                    .queryParam("article", ONE)
                    .queryParam("login_hint", "a&b")
                    .get("/sign-in")
                    .then()
                    .statusCode(303)
                    .header("Location", startsWith("http://localhost:8080/sign-in?moved=1&"))
                    .header("Location", containsString("login_hint=a%26b"))
                    .header("Location", containsString("article=https%3A%2F%2Ffortune.com"))
                    .header("Set-Cookie", is((String) null));
        }

        @Test
        void signUpMovesToConfiguredHost() {
            RestAssured.given()
                    .redirects()
                    .follow(false)
                    .header("Host", "www.other.example")
                    .get("/sign-up")
                    .then()
                    .statusCode(303)
                    .header("Location", is("http://localhost:8080/sign-up?moved=1"));
        }

        @Test
        void proxyThatReplacesHostCausesNoEndlessRedirect() {
            RestAssured.given()
                    .redirects()
                    .follow(false)
                    .header("Host", "gatefold.internal")
                    .get("/sign-in?moved=1")
                    .then()
                    .statusCode(303)
                    .header("Location", startsWith(issuer() + "/authorize"));
        }
    }

    @Nested
    class SignOut {
        @Test
        void signOutEndsSessionAtIssuer() {
            signIn("/sign-in");
            assertThat(tab.openIssuer(tab.start("/sign-in")).asString()).contains("Continue as " + subject);

            String issuerLogout =
                    tab.post("/sign-out").then().statusCode(303).extract().header("Location");
            String back = tab.openIssuer(issuerLogout)
                    .then()
                    .statusCode(302)
                    .header("Location", is("http://localhost:8080/signed-out"))
                    .extract()
                    .header("Location");

            tab.open(back).then().statusCode(303).header("Location", is("http://localhost:8080/"));
            assertThat(tab.openIssuer(tab.start("/sign-in")).asString()).doesNotContain("Continue as");
            tab.get("/account").then().statusCode(303);
        }

        @Test
        void issuerLogoutIdentifiesClientAndSession() {
            signIn("/sign-in");
            String idToken = tab.cookies().get(ID_TOKEN);

            tab.post("/sign-out")
                    .then()
                    .header("Location", startsWith(issuer() + "/logout?client_id=gatefold&"))
                    .header("Location", containsString("id_token_hint=" + idToken));

            assertThat(tab.cookies()).doesNotContainKeys(SESSION, ID_TOKEN, SIGN_IN);
        }

        @Test
        void pagesOfSignedInReadersMayRedirectFormsToIssuer() {
            tab.get("/wall?url=" + ONE).then().header("Content-Security-Policy", not(containsString(issuer())));

            signIn("/sign-in");

            tab.get("/account").then().header("Content-Security-Policy", containsString(" " + issuer()));
        }
    }

    /** The issuer names the addresses of its demo users. */
    @Test
    void signInRestoresAddressOfIssuer() {
        tab.open(tab.chooseUser(tab.start("/sign-in"), "ben")).then().statusCode(303);
        withBearerToken(issueToken("ben"))
                .body(Map.of("email", "given@example.com"))
                .patch("/v1/me")
                .then()
                .statusCode(200);

        tab.open(tab.chooseUser(tab.start("/sign-in"), "ben")).then().statusCode(303);

        withBearerToken(issueToken("ben"))
                .get("/v1/me")
                .then()
                .body("email", is("ben@example.com"), "emailVerified", is(false));
    }

    @Test
    void pagesAskForEmailAndProfile() {
        assertThat(tab.start("/sign-in")).contains("scope=openid+email+profile");
    }
}
