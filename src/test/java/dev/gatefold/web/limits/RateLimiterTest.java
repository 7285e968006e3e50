package dev.gatefold.web.limits;

import static dev.gatefold.testing.LowLimitsBehindProxyProfile.fromAddress;
import static dev.gatefold.testing.LowLimitsBehindProxyProfile.newIpv6Network;
import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import dev.gatefold.testing.LowLimitsBehindProxyProfile;
import dev.gatefold.testing.ServiceTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rate limits over HTTP, with low limits and behind a gateway that forwards the client address. */
@ServiceTest
@TestProfile(LowLimitsBehindProxyProfile.class)
class RateLimiterTest {
    private static final String PLANS = "/v1/plans";

    private static void exhaust(int budget, Supplier<Response> request) {
        for (int i = 0; i < budget; i++) {
            assertThat(request.get().statusCode()).isNotEqualTo(429);
        }
        assertRateLimited(request.get());
    }

    private static void assertRateLimited(Response answer) {
        int wait = Integer.parseInt(answer.then()
                .statusCode(429)
                .contentType("application/problem+json")
                .body("code", is("too-many-requests"))
                .body("status", is(429))
                .extract()
                .header("Retry-After"));
        assertThat(wait).isBetween(1, 60);
        assertThat(answer.header("RateLimit")).endsWith(";r=0;t=" + wait);
        assertThat(answer.header("RateLimit-Policy")).endsWith(";w=60");
    }

    @Nested
    class RateLimitHeaders {
        @ParameterizedTest
        @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                method | path                                | status
                GET    | /v1/plans                           | 200
                GET    | /v1/access?url=https://a.example/b  | 200
                GET    | /v1/sources?limit=0                 | 400
                GET    | /v1/access                          | 400
                GET    | /v1/me                              | 401
                GET    | /admin/v1/inbox                     | 401
                GET    | /v1/sources/unknown                 | 404
                GET    | /v1/nothing                         | 404
                GET    | /access/v1/nothing                  | 404
                DELETE | /v1/plans                           | 405
                GET    | /v1/%61ccess?url=https://a.example/ | 200
                GET    | /v1;a=b/plans                       | 200
                """)
        void rateLimitHeadersAreSentToVisitor(String method, String path, int status) {
            Response answer = fromAddress(newIpv6Network() + "::1")
                    .urlEncodingEnabled(false)
                    .request(method, path);

            answer.then()
                    .statusCode(status)
                    .header("RateLimit-Policy", "\"visitor\";q=4;w=60")
                    .header("RateLimit", "\"visitor\";r=3;t=45")
                    .header("Retry-After", nullValue());
        }

        @Test
        void rateLimitHeadersAreSentToReader() {
            String reader = issueToken(newSubject());

            withBearerToken(reader)
                    .get("/v1/me")
                    .then()
                    .statusCode(404)
                    .header("RateLimit-Policy", "\"reader\";q=3;w=60")
                    .header("RateLimit", "\"reader\";r=2;t=40");
            withBearerToken(reader)
                    .get("/admin/v1/inbox")
                    .then()
                    .statusCode(403)
                    .header("RateLimit", startsWith("\"reader\";r=1;"));
        }

        @Test
        void rateLimitHeadersOfUnauthenticatedCallerFollowAddress() {
            fromAddress(newIpv6Network() + "::1")
                    .auth()
                    .oauth2("a.forged.token")
                    .get("/v1/access?url=" + MEMBERS_ONLY)
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", startsWith("Bearer"))
                    .header("RateLimit", "\"visitor\";r=3;t=45");
        }

        @Test
        void rateLimitHeadersAreSentToForeignOrigin() {
            fromAddress(newIpv6Network() + "::1")
                    .header("Origin", "https://evil.test")
                    .get(PLANS)
                    .then()
                    .statusCode(403)
                    .header("RateLimit", "\"visitor\";r=3;t=45");
        }

        @Test
        void rateLimitHeadersAreSentWithTooLargeBody() {
            fromAddress(newIpv6Network() + "::1")
                    .body("{\"articles\":\"" + "a".repeat(600_000) + "\"}")
                    .post("/v1/access")
                    .then()
                    .statusCode(413)
                    .body("code", is("too-large"))
                    .header("RateLimit", "\"visitor\";r=3;t=45");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/q/health/live", "/.well-known/nothing", "/dev/clock", "/v1/webhooks/nothing"})
        void rateLimitHeadersAreAbsentOnUnlimitedPaths(String path) {
            visitor()
                    .get(path)
                    .then()
                    .statusCode(oneOf(200, 404, 405))
                    .header("RateLimit", nullValue())
                    .header("RateLimit-Policy", nullValue());
        }
    }

    @Nested
    class RateLimitOfReader {
        @Test
        void readerOverBudgetIsRejected() {
            String reader = issueToken(newSubject());

            exhaust(3, () -> withBearerToken(reader).get(PLANS));
        }

        @Test
        void readersHaveSeparateBudgets() {
            String ann = issueToken(newSubject());
            exhaust(3, () -> withBearerToken(ann).get(PLANS));

            withBearerToken(issueToken(newSubject()))
                    .get(PLANS)
                    .then()
                    .statusCode(200)
                    .header("RateLimit", startsWith("\"reader\";r=2;"));
        }

        @Test
        void readerHasOneBudgetForAllTokens() {
            String ann = newSubject();
            String phone = issueToken(ann);
            exhaust(3, () -> withBearerToken(phone).get(PLANS));

            String laptop = issueToken(ann);

            assertThat(laptop).isNotEqualTo(phone);
            assertRateLimited(withBearerToken(laptop).get(PLANS));
        }

        @Test
        void batchCountsAsOneRequest() {
            var articles = List.of(Map.of("url", MEMBERS_ONLY), Map.of("url", MEMBERS_ONLY + "-2"), Map.of());

            withBearerToken(issueToken(newSubject()))
                    .body(Map.of("articles", articles))
                    .post("/v1/access")
                    .then()
                    .statusCode(200)
                    .header("RateLimit", startsWith("\"reader\";r=2;"));
        }

        @Test
        void readerBudgetIsIndependentOfAddress() {
            String office = newIpv6Network() + "::1";
            exhaust(4, () -> fromAddress(office).get(PLANS));

            withBearerToken(issueToken(newSubject()))
                    .header("X-Forwarded-For", office)
                    .get(PLANS)
                    .then()
                    .statusCode(200);
        }
    }

    @Nested
    class RateLimitOfVisitor {
        @Test
        void addressOverBudgetIsRejected() {
            exhaust(4, () -> fromAddress("192.0.2.1").get(PLANS));

            assertRateLimited(fromAddress("192.0.2.1").get("/v1/nothing"));
            fromAddress("192.0.2.2").get(PLANS).then().statusCode(200);
        }

        @Test
        void ipv6NetworkSharesOneBudget() {
            String network = newIpv6Network();
            exhaust(
                    4,
                    () -> fromAddress(network + ":1::"
                                    + (1 + ThreadLocalRandom.current().nextInt(9999)))
                            .get(PLANS));

            fromAddress(network + ":2::1").get(PLANS).then().statusCode(200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"unknown", "fe80::1%eth0", "_gateway:1"})
        void invalidForwardedAddressIsStillCounted(String address) {
            exhaust(4, () -> fromAddress(address).get(PLANS));
        }

        @Test
        void invalidTokensUseAddressBudget() {
            String address = newIpv6Network() + "::1";

            exhaust(
                    4,
                    () -> fromAddress(address).auth().oauth2("a.forged.token").get(PLANS));

            assertRateLimited(fromAddress(address).get(PLANS));
        }
    }

    @Nested
    class RateLimitOfOtherCallers {
        @Test
        void staffAndServicesHaveOwnBudgets() {
            String ida = issueToken(newSubject(), "support");
            String edge = issueToken(newSubject(), "service");

            exhaust(5, () -> withBearerToken(ida).get("/admin/v1/inbox"));
            exhaust(6, () -> withBearerToken(edge).get(PLANS));
        }

        @Test
        void webhooksAreNotRateLimited() {
            String address = newIpv6Network() + "::1";
            exhaust(4, () -> fromAddress(address).get(PLANS));

            for (int i = 0; i < 10; i++) {
                fromAddress(address)
                        .body("{}")
                        .post("/v1/webhooks/stripe")
                        .then()
                        .statusCode(400)
                        .body("code", is("invalid-event"));
            }
        }
    }
}
