package dev.gatefold.decisionlog;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.METERED;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestCallers.withRole;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.testing.ServiceTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Explanations of decisions. */
@ServiceTest
class ExplanationTest {
    @Nested
    class ExplanationForReaderTest {
        @Test
        void explanationStartsWithDecidingEntitlement() {
            withBearerToken(newTrialToken())
                    .queryParam("url", MEMBERS_ONLY)
                    .queryParam("explain", true)
                    .get("/v1/access")
                    .then()
                    .body("reason", is("TRIAL"), "considered", hasSize(2))
                    .body("considered[0].grant", is("TRIAL of plan membership"))
                    .body("considered[0].outcome", is("DECIDED"))
                    .body("considered[1].rule", is("toms-guide v1"), "considered[1].outcome", is("NO_MATTER"));
        }

        @Test
        void explanationIsReturnedOnlyOnRequest() {
            withBearerToken(newTrialToken())
                    .queryParam("url", MEMBERS_ONLY)
                    .get("/v1/access")
                    .then()
                    .body("considered", nullValue());
        }
    }

    @Test
    void explanationOfDenialNamesRule() {
        visitor()
                .queryParam("url", MEMBERS_ONLY)
                .queryParam("explain", true)
                .get("/v1/access")
                .then()
                .body("considered[0].rule", is("toms-guide v1"), "considered[0].outcome", is("DECIDED"))
                .body("considered[0].why", is("gate MEMBERS"));
    }

    @Test
    void explanationNamesMeterBeforeRule() {
        visitor()
                .queryParam("url", METERED + "a")
                .queryParam("explain", true)
                .get("/v1/access")
                .then()
                .body("considered[0].why", containsString("meter"), "considered[1].rule", is("fortune v1"));
    }

    @Nested
    class ExplanationForSupportTest {
        private ValidatableResponse explain(JsonNode claims, Instant at) {
            return withRole("support")
                    .queryParam("issuer", claims.path("iss").asText())
                    .queryParam("subject", claims.path("sub").asText())
                    .queryParam("url", MEMBERS_ONLY)
                    .queryParam("at", at.toString())
                    .get("/admin/v1/access")
                    .then()
                    .statusCode(200);
        }

        @Test
        void supportExplainsDecisionAtAnyInstant() {
            JsonNode reader = claims(newTrialToken());
            Instant now = serviceNow();

            explain(reader, now.plusSeconds(1)).body("reason", is("TRIAL"), "considered[0].outcome", is("DECIDED"));
            explain(reader, now.plus(Duration.ofDays(15)))
                    .body("reason", is("TRIAL_ENDED"), "considered[0].rule", is("toms-guide v1"))
                    .body("considered[1].why", containsString("ended at"));
            explain(reader, now.minus(Duration.ofDays(15)))
                    .body("reason", is("MEMBERSHIP_REQUIRED"))
                    .body("considered[1].why", containsString("begins at"));
        }

        @Test
        void supportExplainsDecisionOfVisitorAbroad() {
            withRole("support")
                    .queryParam("url", METERED + "a")
                    .queryParam("country", "at")
                    .get("/admin/v1/access")
                    .then()
                    .body("reason", is("METERED"));
        }
    }

    @Test
    void explanationsForOthersRequireSupportRole() {
        for (String role : new String[] {"reader", "service"}) {
            withRole(role)
                    .queryParam("url", MEMBERS_ONLY)
                    .get("/admin/v1/access")
                    .then()
                    .statusCode(403);
        }
    }

    private static JsonNode claims(String token) {
        try {
            return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
