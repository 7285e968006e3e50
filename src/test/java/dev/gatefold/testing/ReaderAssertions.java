package dev.gatefold.testing;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.hamcrest.Matchers.is;

import io.restassured.response.ValidatableResponse;

/** Assertions on access decisions and on the membership that a reader sees. */
public final class ReaderAssertions {
    private ReaderAssertions() {}

    /** Requests the access decision for a members-only article. */
    public static ValidatableResponse checkAccess(String token) {
        return withBearerToken(token)
                .queryParam("url", MEMBERS_ONLY)
                .get("/v1/access")
                .then()
                .statusCode(200);
    }

    public static void assertGranted(String token, String reason) {
        checkAccess(token).body("granted", is(true), "reason", is(reason));
    }

    public static void assertDenied(String token, String reason) {
        checkAccess(token).body("granted", is(false), "reason", is(reason));
    }

    public static ValidatableResponse membership(String token) {
        return withBearerToken(token).get("/v1/me/membership").then().statusCode(200);
    }
}
