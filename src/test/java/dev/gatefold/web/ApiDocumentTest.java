package dev.gatefold.web;

import static dev.gatefold.Actors.MEMBERS_ONLY;
import static dev.gatefold.Actors.METERED;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.inTrial;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.token;
import static dev.gatefold.Actors.visitor;
import static dev.gatefold.Actors.visitorToken;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.Payments;
import dev.gatefold.ServiceTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written of the API is what it does. */
@ServiceTest
class ApiDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonNode document;

    @BeforeEach
    void read() throws JsonProcessingException {
        document = JSON.readTree(
                visitor().queryParam("format", "json").get("/q/openapi").asString());
    }

    @Test
    void everyOperationTellsItsProblems() {
        for (JsonNode path : document.path("paths")) {
            for (JsonNode operation : path) {
                assertThat(operation.path("summary").asText()).isNotBlank();
                assertThat(operation
                                .at("/responses/default/content/application~1problem+json")
                                .isMissingNode())
                        .as(operation.path("summary").asText())
                        .isFalse();
            }
        }
    }

    /** A number is put behind a name that two types have, and would change with the next one: give each a @Schema(name). */
    @Test
    void noTwoSchemasShareAName() {
        assertThat(document.at("/components/schemas").fieldNames())
                .toIterable()
                .allSatisfy(name -> assertThat(name).doesNotMatch(".*\\d"));
    }

    /** They stand in META-INF/openapi.yaml. What they name may not be there, but they are read. */
    @Test
    void everyBodyHasAnExampleThatIsUnderstood() {
        String staff = token(someone(), "support", "admin");

        assertThat(bodies()).isNotEmpty().allSatisfy(body -> {
            assertThat(body.example.isMissingNode()).isFalse();
            assertThat(body.sendBy(staff).statusCode()).isNotIn(400, 415, 500);
        });
    }

    private Stream<Body> bodies() {
        return document.path("paths").properties().stream()
                .filter(path -> !path.getKey().startsWith("/dev/"))
                .flatMap(path -> path.getValue().properties().stream()
                        .flatMap(operation -> operation.getValue().at("/requestBody/content").properties().stream()
                                .filter(content -> content.getKey().endsWith("json"))
                                .map(content -> new Body(
                                        Method.valueOf(operation.getKey().toUpperCase(Locale.ROOT)),
                                        path.getKey(),
                                        content.getKey(),
                                        content.getValue().path("example")))));
    }

    private record Body(Method method, String path, String type, JsonNode example) {
        private Response sendBy(String token) {
            String something = UUID.randomUUID().toString();
            return bearer(token)
                    .contentType(type)
                    .header("Idempotency-Key", something)
                    .header("If-Match", "\"0\"")
                    .body(example.toString())
                    .request(method, path.replace("{slug}", "toms-guide").replaceAll("\\{\\w+}", something));
        }
    }

    @Test
    void aTokenThatIsNotGoodIsRefusedWhereverThatIsWritten() {
        document.path("paths").properties().forEach(path -> {
            JsonNode get = path.getValue().path("get");
            if (get.at("/responses/401").isObject() && !path.getKey().contains("{")) {
                assertThat(bearer("no.good.token").get(path.getKey()).statusCode())
                        .as(path.getKey())
                        .isEqualTo(401);
            }
        });
    }

    @Test
    void itHoldsNothingOfTheInside() {
        assertThat(document.at("/components/schemas").fieldNames())
                .toIterable()
                .contains("Decision", "Offer", "Problem")
                .doesNotContain("ZoneRules", "Identity", "Standing");
    }

    @Test
    void whatIsAnsweredIsWhatIsWritten() {
        String reader = inTrial();
        String token = visitorToken();
        var article = Map.of("url", MEMBERS_ONLY);

        conforms("get", "/v1/access", visitor().queryParam("url", MEMBERS_ONLY).get("/v1/access"));
        conforms("get", "/v1/access", visitor(token).queryParam("url", METERED).get("/v1/access"));
        conforms(
                "get",
                "/v1/access",
                bearer(reader).queryParam("url", MEMBERS_ONLY).get("/v1/access"));
        conforms("get", "/v1/access", visitor().queryParam("url", "nothing").get("/v1/access"));
        conforms(
                "post",
                "/v1/access",
                visitor().body(Map.of("articles", List.of(article, Map.of()))).post("/v1/access"));
        var question = Map.of(
                "subject", Map.of("type", "visitor", "id", token),
                "action", Map.of("name", "read"),
                "resource", Map.of("type", "article", "id", MEMBERS_ONLY));
        conforms("post", "/access/v1/evaluation", visitor().body(question).post("/access/v1/evaluation"));
        conforms(
                "post",
                "/access/v1/evaluations",
                visitor()
                        .body(Map.of("evaluations", List.of(question, Map.of())))
                        .post("/access/v1/evaluations"));
        conforms("get", "/.well-known/authzen-configuration", visitor().get("/.well-known/authzen-configuration"));
        String support = token(someone(), "support");
        conforms(
                "get",
                "/admin/v1/access",
                bearer(support).queryParam("url", MEMBERS_ONLY).get("/admin/v1/access"));
        conforms("get", "/admin/v1/sources/{slug}/rules", bearer(support).get("/admin/v1/sources/toms-guide/rules"));
        conforms(
                "post",
                "/v1/reads",
                bearer(reader)
                        .header("Idempotency-Key", UUID.randomUUID())
                        .body(article)
                        .post("/v1/reads"));
        conforms("post", "/v1/visitors", visitor().post("/v1/visitors"));
        conforms("post", "/v1/accounts", bearer(reader).post("/v1/accounts"));
        conforms("get", "/v1/me", bearer(reader).get("/v1/me"));
        conforms("get", "/v1/me/membership", bearer(reader).get("/v1/me/membership"));
        conforms("post", "/v1/me/trial", bearer(reader).post("/v1/me/trial"));
        String session = Payments.checkout(reader);
        Payments.comeBack(Payments.at(session, "pay"));
        conforms(
                "post",
                "/v1/me/checkout",
                Payments.checkout(
                        inTrial(), Payments.monthly(), UUID.randomUUID().toString()));
        conforms("post", "/v1/me/portal", bearer(reader).post("/v1/me/portal"));
        conforms("get", "/v1/me/membership", bearer(reader).get("/v1/me/membership"));
        conforms("put", "/v1/me/subscription/cancellation", bearer(reader).put("/v1/me/subscription/cancellation"));
        conforms("post", "/v1/webhooks/stripe", visitor().post("/v1/webhooks/stripe"));
        conforms("get", "/admin/v1/inbox", bearer(token(someone(), "support")).get("/admin/v1/inbox"));
        conforms(
                "post",
                "/admin/v1/reconciliation",
                bearer(token(someone(), "admin")).post("/admin/v1/reconciliation"));
        conforms("post", "/v1/me/passes", bearer(reader).post("/v1/me/passes"));
        conforms(
                "post",
                "/v1/me/passes",
                bearer(reader).body(Map.of("for", "app")).post("/v1/me/passes"));
        conforms("get", "/v1/passes/revocations", visitor().get("/v1/passes/revocations"));
        conforms("get", "/.well-known/jwks.json", visitor().get("/.well-known/jwks.json"));
        conforms(
                "post",
                "/admin/v1/pass-keys/rotation",
                bearer(token(someone(), "admin")).post("/admin/v1/pass-keys/rotation"));
        conforms("get", "/v1/plans", visitor().get("/v1/plans"));
        conforms("get", "/v1/sources", visitor().get("/v1/sources"));
        conforms("get", "/v1/sources/{slug}", visitor().get("/v1/sources/toms-guide"));
        conforms(
                "get",
                "/v1/sources/resolve",
                visitor().queryParam("url", MEMBERS_ONLY).get("/v1/sources/resolve"));
        conforms(
                "get",
                "/v1/sources/{slug}/markup",
                visitor().queryParam("url", MEMBERS_ONLY).get("/v1/sources/toms-guide/markup"));
        conforms("get", "/v1/me/export", bearer(reader).get("/v1/me/export"));
        conforms("delete", "/v1/me", bearer(token(someone())).delete("/v1/me"));
        assertThat(document.at("/paths/~1v1~1me/delete/responses/202/content").isMissingNode())
                .isEqualTo(bearer(reader).delete("/v1/me").asString().isEmpty());
    }

    private void conforms(String method, String path, Response answer) {
        JsonNode responses = document.path("paths").path(path).path(method).path("responses");
        String status = String.valueOf(answer.statusCode());
        JsonNode content = (responses.has(status) ? responses.path(status) : responses.path("default")).path("content");
        String type = answer.contentType().replaceFirst(";.*", "");
        assertThat(content.has(type))
                .as("%s %s answers %s %s", method, path, status, type)
                .isTrue();
        try {
            conforms(method + " " + path, content.path(type).path("schema"), JSON.readTree(answer.asString()));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private void conforms(String at, JsonNode schema, JsonNode value) {
        if (value.isNull() || schema.isEmpty()) {
            return;
        }
        if (schema.has("$ref")) {
            conforms(at, document.at(schema.path("$ref").asText().substring(1)), value);
        } else if (schema.has("oneOf")) {
            assertThat(StreamSupport.stream(schema.path("oneOf").spliterator(), false))
                    .as(at)
                    .anySatisfy(one -> conforms(at, one, value));
        } else if (schema.has("additionalProperties")) {
            value.forEach(member -> conforms(at + "/*", schema.path("additionalProperties"), member));
        } else if (value.isObject()) {
            assertThat(schema.path("properties").isObject())
                    .as(at + " is an object")
                    .isTrue();
            schema.path("required")
                    .forEach(member -> assertThat(value.hasNonNull(member.asText()))
                            .as("%s has %s", at, member.asText())
                            .isTrue());
            value.properties().forEach(member -> {
                assertThat(schema.path("properties").has(member.getKey()))
                        .as("%s has %s", at, member.getKey())
                        .isTrue();
                conforms(at + "/" + member.getKey(), schema.at("/properties/" + member.getKey()), member.getValue());
            });
        } else if (value.isArray()) {
            value.forEach(item -> conforms(at + "/-", schema.path("items"), item));
        } else {
            String type = value.isTextual() ? "string" : value.isBoolean() ? "boolean" : "integer";
            assertThat(schema.path("type").toString()).as(at).contains(type);
        }
    }
}
