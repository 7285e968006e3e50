package dev.gatefold;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.TestCallers;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From a link to an article, through the sign-up and the free days, to their end. */
@ServiceTest
class SignUpToTrialEndTest {
    @Test
    void readerSignsUpReadsDuringTrialAndIsDeniedAfterIt() {
        Instant start = TestCallers.serviceNow();
        // signed out, the reader meets the wall, and is told of the free days
        checkAccess(visitor())
                .body("granted", is(false))
                .body("reason", is("SIGN_UP_REQUIRED"))
                .body("source.slug", is("toms-guide"))
                .body("source.name", is("Tom's Guide"))
                .body("offers.kind", contains("SIGN_UP", "SIGN_IN"))
                .body("offers[0].trialDays", is(14));

        // signed up, there is one step more
        String token = issueToken(newSubject());
        withBearerToken(token)
                .body(Map.of("name", "Zoe"))
                .post("/v1/accounts")
                .then()
                .statusCode(201);
        checkAccess(withBearerToken(token))
                .body("granted", is(false))
                .body("reason", is("MEMBERSHIP_REQUIRED"))
                .body("offers.kind", contains("START_TRIAL", "SUBSCRIBE"))
                .body("offers[0].href", is("/v1/me/trial"));

        // with the trial, the article opens at once, and so it stays to the last millisecond of the fourteenth day
        String endsAt = withBearerToken(token)
                .post("/v1/me/trial")
                .then()
                .statusCode(201)
                .body("state", is("TRIAL"))
                .extract()
                .path("accessUntil");
        Instant end = Instant.parse(endsAt);
        assertThat(Duration.between(start, end))
                .isBetween(Duration.ofDays(14), Duration.ofDays(14).plusMinutes(5));
        checkAccess(withBearerToken(token))
                .body("granted", is(true))
                .body("reason", is("TRIAL"))
                .body("offers", empty());

        TestCallers.moveClockTo(end.minusSeconds(20));
        checkAccess(withBearerToken(token)).body("granted", is(true)).body("validUntil", is(endsAt));

        // after it, the wall is back, and no second trial is offered or given
        TestCallers.moveClockTo(end);
        checkAccess(withBearerToken(token))
                .body("granted", is(false))
                .body("reason", is("TRIAL_ENDED"))
                .body("offers.kind", contains("SUBSCRIBE"))
                .body("offers[0].price.amount", is(999))
                .body("offers[0].price.currency", is("usd"))
                .body("offers[0].interval", is("MONTH"));
        withBearerToken(token).post("/v1/me/trial").then().statusCode(409).body("code", is("trial-already-used"));
        withBearerToken(token)
                .get("/v1/me/membership")
                .then()
                .statusCode(200)
                .body("state", is("ENDED"))
                .body("accessUntil", is((Object) null))
                .body("trial.endsAt", is(endsAt));
    }

    private static ValidatableResponse checkAccess(RequestSpecification reader) {
        return reader.queryParam("url", MEMBERS_ONLY).get("/v1/access").then().statusCode(200);
    }
}
