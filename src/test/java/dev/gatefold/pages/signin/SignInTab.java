package dev.gatefold.pages.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tab of a browser in which a reader signs in.
 *
 * @param cookies cookies of the service, which all tabs of a browser share
 * @param issuerCookies cookies of the issuer
 */
record SignInTab(Map<String, String> cookies, Map<String, String> issuerCookies) {
    /** Requests a path of the service, and follows no redirect. */
    Response get(String path) {
        return remember(request(cookies).get(path), cookies);
    }

    /** Requests a URL of the service. The configured site URL lacks the random port of the test. */
    Response open(String url) {
        URI uri = URI.create(url);
        return get(uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
    }

    /** Submits a form of the service with the CSRF token of the account page. */
    Response post(String path) {
        String csrf = field(get("/account").asString(), "csrf");
        return remember(request(cookies).formParam("csrf", csrf).post(path), cookies);
    }

    /** Starts a sign-in, and returns the URL of the issuer. */
    String start(String path) {
        return get(path).then().statusCode(303).extract().header("Location");
    }

    /** Requests a URL of the issuer. */
    Response openIssuer(String url) {
        return remember(request(issuerCookies).get(url), issuerCookies);
    }

    /** Signs in at the issuer, and returns the URL to which it leads back. */
    String chooseUser(String authorizationUrl, String subject) {
        String page = openIssuer(authorizationUrl).asString();
        return remember(
                        request(issuerCookies)
                                .formParam("request", field(page, "request"))
                                .formParam("other-subject", subject)
                                .post(URI.create(authorizationUrl).resolve("/choose")),
                        issuerCookies)
                .header("Location");
    }

    private static RequestSpecification request(Map<String, String> cookies) {
        return RestAssured.given()
                .redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .accept("text/html,*/*;q=0.8")
                .cookies(cookies);
    }

    private static Response remember(Response response, Map<String, String> cookies) {
        for (Cookie cookie : response.detailedCookies()) {
            if (cookie.getValue().isEmpty()) {
                cookies.remove(cookie.getName());
            } else {
                cookies.put(cookie.getName(), cookie.getValue());
            }
        }
        return response;
    }

    private static String field(String page, String name) {
        Matcher field =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
        assertThat(field.find()).as(name + " in " + page).isTrue();
        return field.group(1);
    }
}
