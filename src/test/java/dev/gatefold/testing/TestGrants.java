package dev.gatefold.testing;

import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.withRole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Grants of the support desk, by which tests give rights to readers. */
public final class TestGrants {
    private TestGrants() {}

    /** Creates a reader with a membership of 30 days, and returns the token. */
    public static String newMemberToken() {
        String token = TestCallers.newAccountToken();
        grant(token, Map.of("plan", "membership"), Duration.ofDays(30)).statusCode(201);
        return token;
    }

    /**
     * Requests a grant that begins now.
     *
     * @param fields the coverage, and other members of the request
     */
    public static ValidatableResponse grant(String token, Map<String, ?> fields, Duration duration) {
        Map<String, Object> body = new HashMap<>(fields);
        body.put("subject", subjectOf(token));
        body.put("reason", "for a test");
        body.put("until", serviceNow().plus(duration).toString());
        return withRole("support")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body)
                .post("/admin/v1/grants")
                .then();
    }

    /** Returns a token's issuer and subject, as services and the support desk send them. */
    public static Map<String, String> subjectOf(String token) {
        try {
            JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
            return Map.of(
                    "issuer", claims.path("iss").asText(),
                    "subject", claims.path("sub").asText());
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
