package dev.gatefold.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without JavaScript: keeps cookies, and follows redirects within the service and to the issuer. */
public final class PageClient {
    private static final int MAX_REDIRECTS = 10;

    private final Map<String, String> cookies = new HashMap<>();
    private final String language;

    private PageClient(String language) {
        this.language = language;
    }

    /** Signs in at the development issuer. */
    public static PageClient signIn(String subject, String language) {
        PageClient client = new PageClient(language);
        String page = client.get("/sign-in").asString();
        String signInPage = client.lastUrl;
        String chosen = TestCallers.request()
                .redirects()
                .follow(false)
                .formParam("request", hiddenField(page, "request"))
                .formParam("other-subject", subject)
                .post(URI.create(signInPage).resolve("/choose"))
                .header("Location");
        client.fetch(chosen, 1);
        return client;
    }

    private String lastUrl;

    public Map<String, String> cookies() {
        return Map.copyOf(cookies);
    }

    /** Requests a path of the service, and follows redirects except to other sites. */
    public Response get(String path) {
        return fetch(path, MAX_REDIRECTS);
    }

    /** Requests a path of the service, and follows no redirect. */
    public Response getOnce(String path) {
        return fetch(path, 0);
    }

    /** Submits a form of the account page, and follows no redirect. */
    public Response post(String path, Map<String, ?> fields) {
        String csrf = hiddenField(getOnce("/account").asString(), "csrf");
        return remember(request().formParam("csrf", csrf).formParams(fields).post(path));
    }

    private Response fetch(String url, int redirects) {
        String path = withoutSite(url);
        RequestSpecification request = path.startsWith("/")
                ? request()
                : TestCallers.request().redirects().follow(false);
        Response response = request.urlEncodingEnabled(false).get(path);
        lastUrl = path;
        if (path.startsWith("/")) {
            remember(response);
        }
        String location = response.header("Location");
        return location == null || redirects == 0 ? response : fetch(location, redirects - 1);
    }

    private RequestSpecification request() {
        return TestCallers.request()
                .redirects()
                .follow(false)
                .accept("text/html,*/*;q=0.8")
                .header("Accept-Language", language)
                .cookies(cookies);
    }

    private Response remember(Response response) {
        for (Cookie cookie : response.detailedCookies()) {
            if (cookie.getValue().isEmpty()) {
                cookies.remove(cookie.getName());
            } else {
                cookies.put(cookie.getName(), cookie.getValue());
            }
        }
        return response;
    }

    /** Returns the path of a URL of the service. The site URL is a setting and lacks the random port of the test. */
    private static String withoutSite(String url) {
        URI uri = URI.create(url);
        boolean own = uri.getHost() == null
                || (uri.getHost().equals("localhost") && !uri.getPath().endsWith("/authorize"));
        return own ? uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()) : url;
    }

    private static String hiddenField(String page, String name) {
        Matcher field =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
        assertThat(field.find()).as(name + " in " + page).isTrue();
        return field.group(1);
    }
}
