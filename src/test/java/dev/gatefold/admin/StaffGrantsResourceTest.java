package dev.gatefold.admin;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestCallers.withRole;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.TestGrants;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entitlements that support staff grant and end. */
@ServiceTest
class StaffGrantsResourceTest {
    private static final Map<String, String> ARTICLE = Map.of("url", MEMBERS_ONLY, "basis", "PURCHASED");

    private static ValidatableResponse checkAccess(String token, String url) {
        return withBearerToken(token)
                .queryParam("url", url)
                .get("/v1/access")
                .then()
                .statusCode(200);
    }

    @Nested
    class SingleArticleGrant {
        @Test
        void articleGrantOpensOnlyThatArticle() {
            String reader = newAccountToken();

            TestGrants.grant(reader, ARTICLE, Duration.ofDays(30)).statusCode(201);

            checkAccess(reader, MEMBERS_ONLY + "?utm_source=x").body("reason", is("PURCHASED"));
            checkAccess(reader, MEMBERS_ONLY + "-other")
                    .body("reason", is("MEMBERSHIP_REQUIRED"))
                    .body("offers.kind", is(List.of("START_TRIAL", "SUBSCRIBE")));
            withBearerToken(reader)
                    .get("/v1/me/membership")
                    .then()
                    .body(
                            "state",
                            is("NONE"),
                            "grants[0].article",
                            is(MEMBERS_ONLY),
                            "grants[0].source",
                            is("toms-guide"));
        }

        @Test
        void articleGrantEndsAtItsEnd() {
            String reader = newAccountToken();
            TestGrants.grant(reader, ARTICLE, Duration.ofDays(30)).statusCode(201);

            advanceClock(Duration.ofDays(30));

            checkAccess(reader, MEMBERS_ONLY).body("reason", is("MEMBERSHIP_REQUIRED"));
        }
    }

    @Test
    void dayPassGrantsAllSourcesForOneDay() {
        String reader = newAccountToken();
        TestGrants.grant(reader, Map.of("plan", "membership", "basis", "PURCHASED"), Duration.ofDays(1))
                .statusCode(201);

        checkAccess(reader, MEMBERS_ONLY + "-other").body("reason", is("PURCHASED"));
        advanceClock(Duration.ofDays(1));
        checkAccess(reader, MEMBERS_ONLY + "-other")
                .body("reason", is("MEMBERSHIP_REQUIRED"), "offers[0].kind", is("START_TRIAL"));
    }

    @Test
    void endedGrantRemainsListed() {
        String reader = newAccountToken();
        String id = TestGrants.grant(reader, Map.of("plan", "membership"), Duration.ofDays(30))
                .extract()
                .path("id");
        checkAccess(reader, MEMBERS_ONLY).body("reason", is("COMPLIMENTARY"));

        withRole("support").delete("/admin/v1/grants/" + id).then().statusCode(204);

        checkAccess(reader, MEMBERS_ONLY).body("reason", is("MEMBERSHIP_ENDED"));
        withRole("support")
                .queryParams(TestGrants.subjectOf(reader))
                .get("/admin/v1/grants")
                .then()
                .body("items", hasSize(1), "items[0].reason", is("for a test"), "items[0].endedAt", notNullValue());
        withRole("support")
                .delete("/admin/v1/grants/" + UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @Test
    void repeatedIdempotencyKeyGrantsOnce() {
        String reader = newAccountToken();
        String key = UUID.randomUUID().toString();
        var support = withRole("support");
        Map<String, Object> request = Map.of(
                "subject",
                TestGrants.subjectOf(reader),
                "plan",
                "membership",
                "until",
                serviceNow().plus(Duration.ofDays(3)).toString(),
                "reason",
                "once");

        for (int status : new int[] {201, 200}) {
            support.header("Idempotency-Key", key)
                    .body(request)
                    .post("/admin/v1/grants")
                    .then()
                    .statusCode(status);
            support = support.noFilters();
        }

        withBearerToken(reader).get("/v1/me/membership").then().body("grants", hasSize(1));
        Map<String, Object> other = new java.util.HashMap<>(request);
        other.put("plan", "presse");
        support.header("Idempotency-Key", key)
                .body(other)
                .post("/admin/v1/grants")
                .then()
                .statusCode(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"plan\": \"unknown-plan\"",
                "\"plan\": \"membership\", \"url\": \"https://www.tomsguide.com/a\"",
                "\"url\": \"https://unknown.example/a\"",
                "\"source\": \"toms-guide\"",
                "\"plan\": \"membership\", \"basis\": \"MEMBER\"",
                "\"plan\": \"membership\", \"until\": \"2020-01-01T00:00:00Z\"",
                "\"plan\": \"membership\", \"reason\": \" \""
            })
    void invalidGrantIsRejected(String members) {
        var subject = TestGrants.subjectOf(newAccountToken());
        String body = "{\"subject\": {\"issuer\": \"%s\", \"subject\": \"%s\"}, %s%s}"
                .formatted(
                        subject.get("issuer"),
                        subject.get("subject"),
                        members,
                        members.contains("reason") ? "" : ", \"reason\": \"r\"");

        withRole("support")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body)
                .post("/admin/v1/grants")
                .then()
                .statusCode(400);
    }

    @Test
    void grantsRequireSupportRole() {
        for (String role : List.of("reader", "service")) {
            withRole(role).body(Map.of()).post("/admin/v1/grants").then().statusCode(403);
            withRole(role)
                    .delete("/admin/v1/grants/" + UUID.randomUUID())
                    .then()
                    .statusCode(403);
        }
    }
}
