package dev.gatefold.web.security;

import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.gatefold.testing.ServiceTest;
import dev.gatefold.web.SiteConfig;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Origins whose pages may call the service; the test settings allow two. */
@ServiceTest
class CorsPolicyTest {
    private static final String APP = "https://app.example.com";

    @Inject
    SiteConfig site;

    @TestHTTPResource
    URI service;

    private static Response preflight(String origin, String method, String path) {
        return visitor()
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", "authorization,content-type,idempotency-key")
                .options(path);
    }

    private static List<String> headerValues(Response answer, String header) {
        return List.of(answer.header(header).split(","));
    }

    @Nested
    class AllowedOrigin {
        @ParameterizedTest
        @ValueSource(strings = {APP, "https://other.example.com"})
        void allowedOriginReadsResponse(String origin) {
            Response answer = visitor().header("Origin", origin).get("/v1/plans");

            answer.then()
                    .statusCode(200)
                    .header("Access-Control-Allow-Origin", origin)
                    .header("Access-Control-Allow-Credentials", not(equalTo("true")))
                    .header("Vary", "Origin");
            assertThat(headerValues(answer, "Access-Control-Expose-Headers"))
                    .containsExactlyInAnyOrder(
                            "ETag",
                            "Location",
                            "Retry-After",
                            "RateLimit",
                            "RateLimit-Policy",
                            "Idempotency-Replayed",
                            "X-Request-ID",
                            "Decision-Id");
        }

        @ParameterizedTest
        @CsvSource({"GET,/v1/me,401", "GET,/v1/nothing,404", "GET,/v1/access,400", "DELETE,/v1/plans,405"})
        void allowedOriginReadsProblems(String method, String path, int status) {
            visitor()
                    .header("Origin", APP)
                    .request(method, path)
                    .then()
                    .statusCode(status)
                    .header("Access-Control-Allow-Origin", APP)
                    .body("status", is(status));
        }

        @ParameterizedTest
        @CsvSource({"GET,/v1/access", "POST,/v1/me/checkout", "PUT,/v1/me/subscription/cancellation", "PATCH,/v1/me"})
        void allowedOriginPreflightNeedsNoToken(String method, String path) {
            Response answer = preflight(APP, method, path);

            answer.then()
                    .statusCode(200)
                    .header("Access-Control-Allow-Origin", APP)
                    .header("Access-Control-Max-Age", "7200")
                    .header("Vary", "Origin");
            assertThat(headerValues(answer, "Access-Control-Allow-Methods")).contains(method);
            assertThat(headerValues(answer, "Access-Control-Allow-Headers"))
                    .containsExactlyInAnyOrder(
                            "Authorization",
                            "Content-Type",
                            "Idempotency-Key",
                            "If-None-Match",
                            "If-Match",
                            "X-Visitor",
                            "X-Share",
                            "X-Request-ID");
        }

        @Test
        void allowedOriginSendsTokenAfterPreflight() {
            withBearerToken(issueToken(newSubject()))
                    .header("Origin", APP)
                    .get("/v1/me")
                    .then()
                    .statusCode(404)
                    .header("Access-Control-Allow-Origin", APP)
                    .body("code", is("no-account"));
        }
    }

    @Nested
    class ForeignOrigin {
        private static final String FOREIGN = """
                https://evil.test
                null
                https://app.example.com.evil.test
                https://evil-app.example.com
                https://evil.test/https://app.example.com
                https://sub.app.example.com
                https://app.example.com:8443
                https://app.example.com/
                https://APP.example.com
                http://app.example.com
                https://appxexample.com
                """;

        @ParameterizedTest
        @CsvSource(textBlock = FOREIGN)
        void foreignOriginIsRejected(String origin) {
            visitor()
                    .header("Origin", origin)
                    .get("/v1/plans")
                    .then()
                    .statusCode(403)
                    .contentType("application/problem+json")
                    .body("code", is("forbidden"))
                    .header("Access-Control-Allow-Origin", nullValue())
                    .header("Access-Control-Expose-Headers", nullValue())
                    .header("Vary", "Origin");
        }

        @ParameterizedTest
        @CsvSource(textBlock = FOREIGN)
        void foreignOriginPreflightIsRejected(String origin) {
            preflight(origin, "POST", "/v1/me/checkout")
                    .then()
                    .statusCode(403)
                    .header("Access-Control-Allow-Origin", nullValue())
                    .header("Access-Control-Allow-Methods", nullValue())
                    .header("Access-Control-Allow-Headers", nullValue());
        }
    }

    @Nested
    class OwnOriginsAndNonBrowsers {
        @Test
        void requestWithoutOriginIsAccepted() {
            visitor()
                    .get("/v1/plans")
                    .then()
                    .statusCode(200)
                    .header("Access-Control-Allow-Origin", nullValue())
                    .header("Vary", "Origin");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/v1/plans", "/", "/dev/clock", "/q/swagger-ui/", "/q/openapi"})
        void sameOriginRequestIsAccepted(String path) {
            String own = service.getScheme() + "://" + service.getAuthority();

            visitor().header("Origin", own).get(path).then().statusCode(200);
        }

        @Test
        void publicSiteOriginBehindProxyIsAccepted() {
            visitor()
                    .header("Origin", site.url().toString())
                    .header("Host", "gateway.internal")
                    .get("/v1/plans")
                    .then()
                    .statusCode(200);
        }

        @Test
        void webhookIsNotBlockedByOriginCheck() {
            visitor()
                    .body("{}")
                    .post("/v1/webhooks/stripe")
                    .then()
                    .statusCode(400)
                    .body("code", is("invalid-event"));
        }
    }
}
