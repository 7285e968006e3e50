package dev.gatefold.access.authzen;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.METERED;
import static dev.gatefold.testing.TestCallers.OPEN;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.newVisitorToken;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestCallers.withRole;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.testing.ServiceTest;
import java.io.IOException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Access decisions by the OpenID AuthZEN 1.0 endpoints. */
@ServiceTest
class AuthZenTest {
    private static final String ONE = "/access/v1/evaluation";
    private static final String MANY = "/access/v1/evaluations";
    private static final Map<String, String> READ = Map.of("name", "read");

    private static Map<String, Object> article(String url) {
        return Map.of("type", "article", "id", url);
    }

    private static Map<String, Object> reader(String subject) {
        return Map.of("type", "reader", "id", subject);
    }

    private static Map<String, Object> request(Object subject, String url) {
        return Map.of("subject", subject, "action", READ, "resource", article(url));
    }

    private static String subjectOf(String token) throws IOException {
        byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
        return new ObjectMapper().readTree(claims).path("sub").asText();
    }

    @Nested
    class EvaluationByServiceTest {
        @Test
        void serviceGetsGrantWithReason() throws IOException {
            String subject = subjectOf(newTrialToken());

            withRole("service")
                    .header("X-Request-ID", "q-1")
                    .body(request(reader(subject), MEMBERS_ONLY))
                    .post(ONE)
                    .then()
                    .statusCode(200)
                    .header("X-Request-ID", is("q-1"))
                    .body("decision", is(true), "context.reason", is("TRIAL"), "context.source.slug", is("toms-guide"));
        }

        @Test
        void denialIsReturnedWithStatus200() {
            withRole("service")
                    .body(request(reader(newSubject()), MEMBERS_ONLY))
                    .post(ONE)
                    .then()
                    .statusCode(200)
                    .body("decision", is(false), "context.reason", is("SIGN_UP_REQUIRED"))
                    .body("context.offers[0].kind", is("SIGN_UP"));
        }

        @Test
        void batchItemsInheritSharedDefaults() throws IOException {
            String subject = subjectOf(newTrialToken());
            var batch = Map.of(
                    "subject", reader(subject),
                    "action", READ,
                    "options", Map.of("evaluations_semantic", "execute_all"),
                    "evaluations",
                            List.of(
                                    Map.of("resource", article(MEMBERS_ONLY)),
                                    Map.of("resource", article("no address")),
                                    Map.of("resource", article(MEMBERS_ONLY), "subject", reader(newSubject())),
                                    Map.of("resource", article(OPEN), "action", Map.of("name", "delete")),
                                    Map.of(
                                            "resource",
                                            Map.of(
                                                    "type", "article",
                                                    "id", "17",
                                                    "properties", Map.of("source", "toms-guide")))));

            withRole("service")
                    .body(batch)
                    .post(MANY)
                    .then()
                    .statusCode(200)
                    .body("evaluations.decision", is(List.of(true, false, false, false, true)))
                    .body("evaluations[1].context.error.status", is(400))
                    .body("evaluations[2].context.reason", is("SIGN_UP_REQUIRED"))
                    .body("evaluations[3].context.error.errors[0].pointer", is("/evaluations/3/action/name"))
                    .body("evaluations[4].context.article", is("17"));
        }

        @Test
        void batchWithoutItemsIsAnsweredAsSingleEvaluation() {
            withRole("service")
                    .body(request(reader(newSubject()), OPEN))
                    .post(MANY)
                    .then()
                    .statusCode(200)
                    .body("decision", is(true), "evaluations", nullValue());
        }

        @Test
        void batchOfMoreThan100EvaluationsIsRejected() {
            var one = Map.of("resource", article(OPEN));
            var common = Map.of("subject", reader(newSubject()), "action", READ);

            for (int count : new int[] {100, 101}) {
                var batch = new java.util.HashMap<String, Object>(common);
                batch.put("evaluations", Collections.nCopies(count, one));
                var answer = withRole("service").body(batch).post(MANY).then();
                if (count == 100) {
                    answer.statusCode(200).body("evaluations", hasSize(100));
                } else {
                    answer.statusCode(422);
                }
            }
        }
    }

    @Nested
    class EvaluationByReaderTest {
        @Test
        void readerCanEvaluateOnlyThemselves() throws IOException {
            String token = newTrialToken();

            withBearerToken(token)
                    .body(request(reader(subjectOf(token)), MEMBERS_ONLY))
                    .post(ONE)
                    .then()
                    .statusCode(200)
                    .body("decision", is(true));
            withBearerToken(token)
                    .body(request(reader("ann"), MEMBERS_ONLY))
                    .post(ONE)
                    .then()
                    .statusCode(403);
            withBearerToken(token)
                    .body(Map.of(
                            "subject", reader("ann"),
                            "action", READ,
                            "evaluations", List.of(Map.of("resource", article(MEMBERS_ONLY)))))
                    .post(MANY)
                    .then()
                    .statusCode(200)
                    .body("evaluations[0].decision", is(false), "evaluations[0].context.error.status", is(403));
        }
    }

    @Test
    void forbiddenEvaluationDoesNotAffectOtherEvaluations() {
        var visitor = Map.of("type", "visitor", "id", "");

        visitor()
                .body(Map.of("evaluations", List.of(request(visitor, OPEN), request(reader("ann"), OPEN))))
                .post(MANY)
                .then()
                .statusCode(200)
                .body("evaluations.decision", is(List.of(true, false)))
                .body("evaluations[1].context.error.status", is(401));
    }

    @Nested
    class EvaluationByVisitorTest {
        @Test
        void visitorIsIdentifiedByVisitorToken() {
            var subject = Map.of("type", "visitor", "id", newVisitorToken());

            visitor()
                    .body(request(subject, METERED + "a"))
                    .post(ONE)
                    .then()
                    .body("decision", is(true), "context.reason", is("METERED"), "context.meter.used", is(0));
            visitor().body(request(reader("ann"), OPEN)).post(ONE).then().statusCode(401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"subject\":{\"type\":\"car\",\"id\":\"1\"},\"action\":{\"name\":\"read\"},"
                        + "\"resource\":{\"type\":\"article\",\"id\":\"https://a.example\"}}",
                "{\"subject\":{\"type\":\"visitor\",\"id\":\"\"},\"action\":{\"name\":\"write\"},"
                        + "\"resource\":{\"type\":\"article\",\"id\":\"https://a.example\"}}",
                "{\"subject\":{\"type\":\"visitor\",\"id\":\"\"},\"action\":{\"name\":\"read\"},"
                        + "\"resource\":{\"type\":\"house\",\"id\":\"1\"}}"
            })
    void unsupportedEvaluationIsRejected(String body) {
        visitor().body(body).post(ONE).then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void unsupportedBatchSemanticsAreRejected() {
        withRole("service")
                .body(Map.of(
                        "options", Map.of("evaluations_semantic", "deny_on_first_deny"),
                        "evaluations", List.of(request(reader(newSubject()), OPEN))))
                .post(MANY)
                .then()
                .statusCode(400);
    }

    @Test
    void unknownMembersAreIgnored() {
        var subject = Map.of("type", "visitor", "id", "", "properties", Map.of("ip", "192.0.2.1"), "more", 1);

        visitor().body(request(subject, OPEN)).post(ONE).then().body("decision", is(true));
    }

    @Test
    void invalidRequestIdIsNotEchoed() {
        visitor().header("X-Request-ID", "a b").get("/v1/plans").then().header("X-Request-ID", nullValue());
    }

    @Test
    void configurationIsServedAtWellKnownUrl() {
        visitor()
                .get("/.well-known/authzen-configuration")
                .then()
                .statusCode(200)
                .body("access_evaluation_endpoint", endsWith(ONE), "access_evaluations_endpoint", endsWith(MANY));
    }
}
