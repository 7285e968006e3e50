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

/** A reader signs up, starts the trial, and reads until the trial ends. */
@ServiceTest
class SignUpToTrialEndTest {
    @Test
    void readerSignsUpReadsDuringTrialAndIsDeniedAfterIt() {
        Instant start = TestCallers.serviceNow();
        // a visitor sees the paywall and the offer of a trial
        checkAccess(visitor())
                .body("granted", is(false))
                .body("reason", is("SIGN_UP_REQUIRED"))
                .body("source.slug", is("toms-guide"))
                .body("source.name", is("Tom's Guide"))
                .body("offers.kind", contains("SIGN_UP", "SIGN_IN"))
                .body("offers[0].trialDays", is(14));

        // after the sign-up the next step is to start the trial
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

        // the trial opens the article until the last millisecond of the fourteenth day
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

        // after the trial the paywall is back, and no second trial is offered or granted
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
