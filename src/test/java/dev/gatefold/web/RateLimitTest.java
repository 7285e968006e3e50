package dev.gatefold.web;

import static dev.gatefold.Actors.MEMBERS_ONLY;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.token;
import static dev.gatefold.Actors.visitor;
import static dev.gatefold.BehindAGateway.callingFrom;
import static dev.gatefold.BehindAGateway.household;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import dev.gatefold.BehindAGateway;
import dev.gatefold.ServiceTest;
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

/** The budgets of those who call, small enough to be met, behind a gateway that says where they call from. */
@ServiceTest
@TestProfile(BehindAGateway.class)
class RateLimitTest {
    private static final String PLANS = "/v1/plans";

    private static void exhaust(int budget, Supplier<Response> request) {
        for (int i = 0; i < budget; i++) {
            assertThat(request.get().statusCode()).isNotEqualTo(429);
        }
        isRefused(request.get());
    }

    private static void isRefused(Response answer) {
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
    class EveryAnswer {
        @ParameterizedTest
        @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                method | path                                | status
                GET    | /v1/plans                           | 200
                GET    | /v1/access?url=https://a.example/b  | 200
                GET    | /v1/sources?limit=0                 | 400
                GET    | /v1/access                          | 400
                GET    | /v1/me                              | 401
                GET    | /admin/v1/inbox                     | 401
                GET    | /v1/sources/nobody                  | 404
                GET    | /v1/nothing                         | 404
                GET    | /access/v1/nothing                  | 404
                DELETE | /v1/plans                           | 405
                GET    | /v1/%61ccess?url=https://a.example/ | 200
                GET    | /v1;a=b/plans                       | 200
                """)
        void tellsAVisitorHowTheyStand(String method, String path, int status) {
            Response answer =
                    callingFrom(household() + "::1").urlEncodingEnabled(false).request(method, path);

            answer.then()
                    .statusCode(status)
                    .header("RateLimit-Policy", "\"visitor\";q=4;w=60")
                    .header("RateLimit", "\"visitor\";r=3;t=45")
                    .header("Retry-After", nullValue());
        }

        @Test
        void tellsAReaderHowTheyStand() {
            String reader = token(someone());

            bearer(reader)
                    .get("/v1/me")
                    .then()
                    .statusCode(404)
                    .header("RateLimit-Policy", "\"reader\";q=3;w=60")
                    .header("RateLimit", "\"reader\";r=2;t=40");
            bearer(reader)
                    .get("/admin/v1/inbox")
                    .then()
                    .statusCode(403)
                    .header("RateLimit", startsWith("\"reader\";r=1;"));
        }

        @Test
        void tellsWhoIsNotAuthenticatedHowTheirAddressStands() {
            callingFrom(household() + "::1")
                    .auth()
                    .oauth2("a.forged.token")
                    .get("/v1/access?url=" + MEMBERS_ONLY)
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", startsWith("Bearer"))
                    .header("RateLimit", "\"visitor\";r=3;t=45");
        }

        @Test
        void tellsAForeignPageToo() {
            callingFrom(household() + "::1")
                    .header("Origin", "https://evil.test")
                    .get(PLANS)
                    .then()
                    .statusCode(403)
                    .header("RateLimit", "\"visitor\";r=3;t=45");
        }

        @Test
        void tellsSoWhereTheBodyIsTooLarge() {
            callingFrom(household() + "::1")
                    .body("{\"articles\":\"" + "a".repeat(600_000) + "\"}")
                    .post("/v1/access")
                    .then()
                    .statusCode(413)
                    .body("code", is("too-large"))
                    .header("RateLimit", "\"visitor\";r=3;t=45");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/q/health/live", "/.well-known/nothing", "/dev/clock", "/v1/webhooks/nothing"})
        void saysNothingWhereNothingIsCounted(String path) {
            visitor()
                    .get(path)
                    .then()
                    .statusCode(oneOf(200, 404, 405))
                    .header("RateLimit", nullValue())
                    .header("RateLimit-Policy", nullValue());
        }
    }

    @Nested
    class AReader {
        @Test
        void isRefusedWhatIsOverTheBudget() {
            String reader = token(someone());

            exhaust(3, () -> bearer(reader).get(PLANS));
        }

        @Test
        void doesNotSpendAnothers() {
            String ann = token(someone());
            exhaust(3, () -> bearer(ann).get(PLANS));

            bearer(token(someone()))
                    .get(PLANS)
                    .then()
                    .statusCode(200)
                    .header("RateLimit", startsWith("\"reader\";r=2;"));
        }

        @Test
        void hasOneForAllTheirTokens() {
            String ann = someone();
            String phone = token(ann);
            exhaust(3, () -> bearer(phone).get(PLANS));

            String laptop = token(ann);

            assertThat(laptop).isNotEqualTo(phone);
            isRefused(bearer(laptop).get(PLANS));
        }

        @Test
        void asksAboutManyArticlesInOneRequest() {
            var articles = List.of(Map.of("url", MEMBERS_ONLY), Map.of("url", MEMBERS_ONLY + "-2"), Map.of());

            bearer(token(someone()))
                    .body(Map.of("articles", articles))
                    .post("/v1/access")
                    .then()
                    .statusCode(200)
                    .header("RateLimit", startsWith("\"reader\";r=2;"));
        }

        @Test
        void isNotHeldToWhatTheAddressHasSpent() {
            String office = household() + "::1";
            exhaust(4, () -> callingFrom(office).get(PLANS));

            bearer(token(someone()))
                    .header("X-Forwarded-For", office)
                    .get(PLANS)
                    .then()
                    .statusCode(200);
        }
    }

    @Nested
    class AVisitor {
        @Test
        void isRefusedWhatIsOverTheBudgetOfTheAddress() {
            exhaust(4, () -> callingFrom("192.0.2.1").get(PLANS));

            isRefused(callingFrom("192.0.2.1").get("/v1/nothing"));
            callingFrom("192.0.2.2").get(PLANS).then().statusCode(200);
        }

        @Test
        void sharesItWithTheHouseholdAndWithNobodyElse() {
            String network = household();
            exhaust(
                    4,
                    () -> callingFrom(network + ":1::"
                                    + (1 + ThreadLocalRandom.current().nextInt(9999)))
                            .get(PLANS));

            callingFrom(network + ":2::1").get(PLANS).then().statusCode(200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"unknown", "fe80::1%eth0", "_gateway:1"})
        void isCountedWhateverTheGatewaySays(String address) {
            exhaust(4, () -> callingFrom(address).get(PLANS));
        }

        @Test
        void spendsItOnTokensThatAreNotValidToo() {
            String address = household() + "::1";

            exhaust(
                    4,
                    () -> callingFrom(address).auth().oauth2("a.forged.token").get(PLANS));

            isRefused(callingFrom(address).get(PLANS));
        }
    }

    @Nested
    class Others {
        @Test
        void haveBudgetsOfTheirOwn() {
            String ida = token(someone(), "support");
            String edge = token(someone(), "service");

            exhaust(5, () -> bearer(ida).get("/admin/v1/inbox"));
            exhaust(6, () -> bearer(edge).get(PLANS));
        }

        @Test
        void deliverEventsWithoutEnd() {
            String address = household() + "::1";
            exhaust(4, () -> callingFrom(address).get(PLANS));

            for (int i = 0; i < 10; i++) {
                callingFrom(address)
                        .body("{}")
                        .post("/v1/webhooks/stripe")
                        .then()
                        .statusCode(400)
                        .body("code", is("invalid-event"));
            }
        }
    }
}
