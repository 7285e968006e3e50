package dev.gatefold;

import static dev.gatefold.Actors.MEMBERS_ONLY;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.token;
import static dev.gatefold.Actors.visitor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a link to an article, through the sign-up and the free days, to their end. */
@ServiceTest
class StoryTest {
    private Instant today;

    @BeforeEach
    void lookAtTheClock() {
        today = Actors.now();
    }

    @AfterEach
    void putTheClockBack() {
        Actors.moveClockTo(today);
    }

    @Test
    void aReaderFollowsALink() {
        // signed out, the reader meets the wall, and is told of the free days
        ask(visitor())
                .body("granted", is(false))
                .body("reason", is("SIGN_UP_REQUIRED"))
                .body("source.slug", is("toms-guide"))
                .body("source.name", is("Tom's Guide"))
                .body("offers.kind", contains("SIGN_UP", "SIGN_IN"))
                .body("offers[0].trialDays", is(14));

        // signed up, there is one step more
        String token = token(someone());
        bearer(token).body(Map.of("name", "Zoe")).post("/v1/accounts").then().statusCode(201);
        ask(bearer(token))
                .body("granted", is(false))
                .body("reason", is("MEMBERSHIP_REQUIRED"))
                .body("offers.kind", contains("START_TRIAL", "SUBSCRIBE"))
                .body("offers[0].href", is("/v1/me/trial"));

        // with the trial, the article opens at once, and so it stays to the last millisecond of the fourteenth day
        String endsAt = bearer(token)
                .post("/v1/me/trial")
                .then()
                .statusCode(201)
                .body("state", is("TRIAL"))
                .extract()
                .path("accessUntil");
        Instant end = Instant.parse(endsAt);
        assertThat(Duration.between(today, end))
                .isBetween(Duration.ofDays(14), Duration.ofDays(14).plusMinutes(5));
        ask(bearer(token)).body("granted", is(true)).body("reason", is("TRIAL")).body("offers", empty());

        Actors.moveClockTo(end.minusSeconds(20));
        ask(bearer(token)).body("granted", is(true)).body("validUntil", is(endsAt));

        // after it, the wall is back, and no second trial is offered or given
        Actors.moveClockTo(end);
        ask(bearer(token))
                .body("granted", is(false))
                .body("reason", is("TRIAL_ENDED"))
                .body("offers.kind", contains("SUBSCRIBE"))
                .body("offers[0].price.amount", is(999))
                .body("offers[0].price.currency", is("usd"))
                .body("offers[0].interval", is("MONTH"));
        bearer(token).post("/v1/me/trial").then().statusCode(409).body("code", is("trial-already-used"));
        bearer(token)
                .get("/v1/me/membership")
                .then()
                .statusCode(200)
                .body("state", is("ENDED"))
                .body("accessUntil", is((Object) null))
                .body("trial.endsAt", is(endsAt));
    }

    private static ValidatableResponse ask(RequestSpecification reader) {
        return reader.queryParam("url", MEMBERS_ONLY).get("/v1/access").then().statusCode(200);
    }
}
