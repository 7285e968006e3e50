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

/** What the support desk gives to readers, before a test begins. */
public final class TestGrants {
    private TestGrants() {}

    /** A reader to whom staff have given the membership for a month. */
    public static String newMemberToken() {
        String token = TestCallers.newAccountToken();
        grant(token, Map.of("plan", "membership"), Duration.ofDays(30)).statusCode(201);
        return token;
    }

    /** Gives a coverage, and what else is said, from now on. */
    public static ValidatableResponse grant(String token, Map<String, ?> what, Duration lasts) {
        Map<String, Object> body = new HashMap<>(what);
        body.put("subject", subjectOf(token));
        body.put("reason", "for a test");
        body.put("until", serviceNow().plus(lasts).toString());
        return withRole("support")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body)
                .post("/admin/v1/grants")
                .then();
    }

    /** Whom a token names, as a service or the support desk does. */
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
