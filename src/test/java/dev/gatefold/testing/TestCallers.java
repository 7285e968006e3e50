package dev.gatefold.testing;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Those who call, and what they do before a test begins. */
public final class TestCallers {
    /** A title that only members read. */
    public static final String MEMBERS_ONLY =
            "https://www.tomsguide.com/ai/zuckerberg-reveals-metas-ai-superintelligence-breakthrough";

    /** A title that everybody reads five articles of in a month. */
    public static final String METERED = "https://fortune.com/2026/11/23/";

    /** A title that everybody with an account reads. */
    public static final String REGISTERED = "https://www.stern.de/politik/ein-artikel-1.html";

    /** A title that everybody reads. */
    public static final String OPEN = "https://www.theguardian.com/world/2026/nov/23/a-story";

    private TestCallers() {}

    /** Nobody that we know. */
    public static RequestSpecification visitor() {
        return given().contentType(ContentType.JSON);
    }

    /** Nobody that we know, with a visitor's token. */
    public static RequestSpecification visitor(String token) {
        return visitor().header("X-Visitor", token);
    }

    public static String newVisitorToken() {
        return visitor().post("/v1/visitors").then().statusCode(201).extract().path("token");
    }

    /** Somebody who has proved who they are. */
    public static RequestSpecification withBearerToken(String token) {
        return given().contentType(ContentType.JSON).auth().oauth2(token);
    }

    /** A reader whom the issuer knows and we do not yet. */
    public static RequestSpecification withoutAccount() {
        return withBearerToken(issueToken(newSubject()));
    }

    public static RequestSpecification withRole(String role) {
        return withBearerToken(issueToken(newSubject(), role));
    }

    /** A reader who has signed up. */
    public static String newAccountToken() {
        String token = issueToken(newSubject());
        withBearerToken(token).body(Map.of()).post("/v1/accounts").then().statusCode(201);
        return token;
    }

    /** A reader who has signed up and started the trial. */
    public static String newTrialToken() {
        String token = issueToken(newSubject());
        withBearerToken(token)
                .body(Map.of("startTrial", true))
                .post("/v1/accounts")
                .then()
                .statusCode(201);
        return token;
    }

    public static String newSubject() {
        return "reader-" + UUID.randomUUID();
    }

    public static String issueToken(String subject, String... roles) {
        return visitor()
                .body(Map.of("subject", subject, "roles", List.of(roles)))
                .post("/dev/tokens")
                .then()
                .statusCode(200)
                .extract()
                .path("token");
    }

    public static Instant serviceNow() {
        return Instant.parse(visitor().get("/dev/clock").path("now"));
    }

    public static void moveClockTo(Instant now) {
        visitor().body(Map.of("now", now.toString())).put("/dev/clock").then().statusCode(200);
    }

    /** Moves the clock to the machine's time. Every {@link ServiceTest} ends with it. */
    public static void resetClock() {
        moveClockTo(Clock.systemUTC().instant());
    }

    public static void advanceClock(Duration duration) {
        visitor()
                .body(Map.of("advance", duration.toString()))
                .put("/dev/clock")
                .then()
                .statusCode(200);
    }
}
