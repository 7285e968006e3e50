package dev.gatefold.testing;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Callers of the API in tests: visitors, readers and staff, with the requests that set them up. */
public final class TestCallers {
    /** An article of a source with the gate {@code MEMBERS}. */
    public static final String MEMBERS_ONLY =
            "https://www.tomsguide.com/ai/zuckerberg-reveals-metas-ai-superintelligence-breakthrough";

    /** An article of a source with the gate {@code METERED}: five articles a month. */
    public static final String METERED = "https://fortune.com/2026/11/23/";

    /** An article of a source with the gate {@code REGISTERED}. */
    public static final String REGISTERED = "https://www.stern.de/politik/ein-artikel-1.html";

    /** An article of a source with the gate {@code OPEN}. */
    public static final String OPEN = "https://www.theguardian.com/world/2026/nov/23/a-story";

    private TestCallers() {}

    /** Starts a request that a failed test prints unformatted: formatting a body nested 50,000 deep takes gigabytes. */
    static RequestSpecification request() {
        var config = RestAssured.config();
        return given().config(config.logConfig(config.getLogConfig().enablePrettyPrinting(false)));
    }

    /** Starts a request without a token. */
    public static RequestSpecification visitor() {
        return request().contentType(ContentType.JSON);
    }

    /** Starts a request with a visitor token. */
    public static RequestSpecification visitor(String token) {
        return visitor().header("X-Visitor", token);
    }

    public static String newVisitorToken() {
        return visitor().post("/v1/visitors").then().statusCode(201).extract().path("token");
    }

    /** Starts a request with a bearer token. */
    public static RequestSpecification withBearerToken(String token) {
        return request().contentType(ContentType.JSON).auth().oauth2(token);
    }

    /** Starts a request of a reader who has not signed up. */
    public static RequestSpecification withoutAccount() {
        return withBearerToken(issueToken(newSubject()));
    }

    public static RequestSpecification withRole(String role) {
        return withBearerToken(issueToken(newSubject(), role));
    }

    /** Creates an account, and returns its token. */
    public static String newAccountToken() {
        String token = issueToken(newSubject());
        withBearerToken(token).body(Map.of()).post("/v1/accounts").then().statusCode(201);
        return token;
    }

    /** Creates an account with a free trial, and returns its token. */
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

    public static void advanceClock(Duration duration) {
        visitor()
                .body(Map.of("advance", duration.toString()))
                .put("/dev/clock")
                .then()
                .statusCode(200);
    }
}
