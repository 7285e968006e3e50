package dev.gatefold.admin;

import static dev.gatefold.Actors.MEMBERS_ONLY;
import static dev.gatefold.Actors.advance;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.moveClockTo;
import static dev.gatefold.Actors.now;
import static dev.gatefold.Actors.signedUp;
import static dev.gatefold.Actors.withRole;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import dev.gatefold.Grants;
import dev.gatefold.ServiceTest;
import io.restassured.response.ValidatableResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The support desk gives. */
@ServiceTest
class GrantsTest {
    private static final Map<String, String> ARTICLE = Map.of("url", MEMBERS_ONLY, "basis", "PURCHASED");

    @AfterEach
    void today() {
        moveClockTo(Clock.systemUTC().instant());
    }

    private static ValidatableResponse ask(String token, String url) {
        return bearer(token).queryParam("url", url).get("/v1/access").then().statusCode(200);
    }

    @Nested
    class OneArticle {
        @Test
        void opensNothingElseAndMakesNoMember() {
            String reader = signedUp();

            Grants.give(reader, ARTICLE, Duration.ofDays(30)).statusCode(201);

            ask(reader, MEMBERS_ONLY + "?utm_source=x").body("reason", is("PURCHASED"));
            ask(reader, MEMBERS_ONLY + "-other")
                    .body("reason", is("MEMBERSHIP_REQUIRED"))
                    .body("offers.kind", is(List.of("START_TRIAL", "SUBSCRIBE")));
            bearer(reader)
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
        void isOverWhenItIsOver() {
            String reader = signedUp();
            Grants.give(reader, ARTICLE, Duration.ofDays(30)).statusCode(201);

            advance(Duration.ofDays(30));

            ask(reader, MEMBERS_ONLY).body("reason", is("MEMBERSHIP_REQUIRED"));
        }
    }

    @Test
    void aDayPassOpensAllForADay() {
        String reader = signedUp();
        Grants.give(reader, Map.of("plan", "membership", "basis", "PURCHASED"), Duration.ofDays(1))
                .statusCode(201);

        ask(reader, MEMBERS_ONLY + "-other").body("reason", is("PURCHASED"));
        advance(Duration.ofDays(1));
        ask(reader, MEMBERS_ONLY + "-other")
                .body("reason", is("MEMBERSHIP_REQUIRED"), "offers[0].kind", is("START_TRIAL"));
    }

    @Test
    void aGrantIsEndedAndStaysWritten() {
        String reader = signedUp();
        String id = Grants.give(reader, Map.of("plan", "membership"), Duration.ofDays(30))
                .extract()
                .path("id");
        ask(reader, MEMBERS_ONLY).body("reason", is("COMPLIMENTARY"));

        withRole("support").delete("/admin/v1/grants/" + id).then().statusCode(204);

        ask(reader, MEMBERS_ONLY).body("reason", is("MEMBERSHIP_ENDED"));
        withRole("support")
                .queryParams(Grants.subject(reader))
                .get("/admin/v1/grants")
                .then()
                .body("items", hasSize(1), "items[0].reason", is("for a test"), "items[0].endedAt", notNullValue());
        withRole("support")
                .delete("/admin/v1/grants/" + UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @Test
    void oneKeyGivesOnce() {
        String reader = signedUp();
        String key = UUID.randomUUID().toString();
        var support = withRole("support");
        Map<String, Object> wanted = Map.of(
                "subject",
                Grants.subject(reader),
                "plan",
                "membership",
                "until",
                now().plus(Duration.ofDays(3)).toString(),
                "reason",
                "once");

        for (int status : new int[] {201, 200}) {
            support.header("Idempotency-Key", key)
                    .body(wanted)
                    .post("/admin/v1/grants")
                    .then()
                    .statusCode(status);
            support = support.noFilters();
        }

        bearer(reader).get("/v1/me/membership").then().body("grants", hasSize(1));
        Map<String, Object> other = new java.util.HashMap<>(wanted);
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
                "\"plan\": \"no-such-plan\"",
                "\"plan\": \"membership\", \"url\": \"https://www.tomsguide.com/a\"",
                "\"url\": \"https://nobody.example/a\"",
                "\"source\": \"toms-guide\"",
                "\"plan\": \"membership\", \"basis\": \"MEMBER\"",
                "\"plan\": \"membership\", \"until\": \"2020-01-01T00:00:00Z\"",
                "\"plan\": \"membership\", \"reason\": \" \""
            })
    void whatCannotBeGivenIsToldSo(String what) {
        var subject = Grants.subject(signedUp());
        String body = "{\"subject\": {\"issuer\": \"%s\", \"subject\": \"%s\"}, %s%s}"
                .formatted(
                        subject.get("issuer"),
                        subject.get("subject"),
                        what,
                        what.contains("reason") ? "" : ", \"reason\": \"r\"");

        withRole("support")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body)
                .post("/admin/v1/grants")
                .then()
                .statusCode(400);
    }

    @Test
    void readersAndServicesGiveNothing() {
        for (String role : List.of("reader", "service")) {
            withRole(role).body(Map.of()).post("/admin/v1/grants").then().statusCode(403);
            withRole(role)
                    .delete("/admin/v1/grants/" + UUID.randomUUID())
                    .then()
                    .statusCode(403);
        }
    }
}
