package dev.gatefold.web.openapi;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.METERED;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.newVisitorToken;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import dev.gatefold.testing.TestPayments;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The OpenAPI document describes the API as it behaves. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class OpenApiDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonNode document;

    @BeforeEach
    void loadDocument() throws JsonProcessingException {
        document = JSON.readTree(
                visitor().queryParam("format", "json").get("/q/openapi").asString());
    }

    @Test
    void everyOperationDocumentsItsProblems() {
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

    @Test
    void everyOperationHasAnExplicitId() {
        List<String> ids = new ArrayList<>();
        document.path("paths")
                .forEach(path -> path.forEach(
                        operation -> ids.add(operation.path("operationId").asText())));

        assertThat(ids).isNotEmpty().doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z]+([A-Z][A-Za-z]*)+"));
    }

    /** SmallRye appends a number to the name of a second type of the same name; set @Schema(name) on both. */
    @Test
    void schemaNamesAreUnique() {
        assertThat(document.at("/components/schemas").fieldNames())
                .toIterable()
                .allSatisfy(name -> assertThat(name).doesNotMatch(".*\\d"));
    }

    /** Examples are in META-INF/openapi.yaml. They may name objects that do not exist, but must be valid. */
    @Test
    void everyRequestExampleIsAccepted() {
        String staff = issueToken(newSubject(), "support", "admin");

        assertThat(bodies()).isNotEmpty().allSatisfy(body -> {
            assertThat(body.example.isMissingNode()).isFalse();
            assertThat(body.sendWithToken(staff).statusCode()).isNotIn(400, 415, 500);
        });
    }

    private Stream<RequestExample> bodies() {
        return document.path("paths").properties().stream()
                .filter(path -> !path.getKey().startsWith("/dev/"))
                .flatMap(path -> path.getValue().properties().stream()
                        .flatMap(operation -> operation.getValue().at("/requestBody/content").properties().stream()
                                .filter(content -> content.getKey().endsWith("json"))
                                .map(content -> new RequestExample(
                                        Method.valueOf(operation.getKey().toUpperCase(Locale.ROOT)),
                                        path.getKey(),
                                        content.getKey(),
                                        content.getValue().path("example")))));
    }

    private record RequestExample(Method method, String path, String type, JsonNode example) {
        private Response sendWithToken(String token) {
            String something = UUID.randomUUID().toString();
            return withBearerToken(token)
                    .contentType(type)
                    .header("Idempotency-Key", something)
                    .header("If-Match", "\"0\"")
                    .body(example.toString())
                    .request(method, path.replace("{slug}", "toms-guide").replaceAll("\\{\\w+}", something));
        }
    }

    @Test
    void invalidTokenIsRejectedWhereDocumented() {
        document.path("paths").properties().forEach(path -> {
            JsonNode get = path.getValue().path("get");
            if (get.at("/responses/401").isObject() && !path.getKey().contains("{")) {
                assertThat(withBearerToken("no.good.token").get(path.getKey()).statusCode())
                        .as(path.getKey())
                        .isEqualTo(401);
            }
        });
    }

    @Test
    void documentContainsNoInternalTypes() {
        assertThat(document.at("/components/schemas").fieldNames())
                .toIterable()
                .contains("Decision", "Offer", "Problem")
                .doesNotContain("ZoneRules", "Identity", "Standing");
    }

    @Test
    void responsesConformToDocument() {
        String reader = newTrialToken();
        String token = newVisitorToken();
        var article = Map.of("url", MEMBERS_ONLY);

        conforms("get", "/v1/access", visitor().queryParam("url", MEMBERS_ONLY).get("/v1/access"));
        conforms("get", "/v1/access", visitor(token).queryParam("url", METERED).get("/v1/access"));
        conforms(
                "get",
                "/v1/access",
                withBearerToken(reader).queryParam("url", MEMBERS_ONLY).get("/v1/access"));
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
        String support = issueToken(newSubject(), "support");
        conforms(
                "get",
                "/admin/v1/access",
                withBearerToken(support).queryParam("url", MEMBERS_ONLY).get("/admin/v1/access"));
        conforms(
                "get",
                "/admin/v1/sources/{slug}/rules",
                withBearerToken(support).get("/admin/v1/sources/toms-guide/rules"));
        conforms(
                "post",
                "/v1/reads",
                withBearerToken(reader)
                        .header("Idempotency-Key", UUID.randomUUID())
                        .body(article)
                        .post("/v1/reads"));
        conforms("post", "/v1/visitors", visitor().post("/v1/visitors"));
        conforms("post", "/v1/accounts", withBearerToken(reader).post("/v1/accounts"));
        conforms("get", "/v1/me", withBearerToken(reader).get("/v1/me"));
        conforms("get", "/v1/me/membership", withBearerToken(reader).get("/v1/me/membership"));
        conforms("post", "/v1/me/trial", withBearerToken(reader).post("/v1/me/trial"));
        String session = TestPayments.startCheckout(reader);
        TestPayments.followReturnUrl(TestPayments.actOnCheckoutPage(session, "pay"));
        conforms(
                "post",
                "/v1/me/checkout",
                TestPayments.startCheckout(
                        newTrialToken(),
                        TestPayments.monthlyMembership(),
                        UUID.randomUUID().toString()));
        conforms("post", "/v1/me/portal", withBearerToken(reader).post("/v1/me/portal"));
        conforms("get", "/v1/me/membership", withBearerToken(reader).get("/v1/me/membership"));
        conforms(
                "put",
                "/v1/me/subscription/cancellation",
                withBearerToken(reader).put("/v1/me/subscription/cancellation"));
        conforms("post", "/v1/webhooks/stripe", visitor().post("/v1/webhooks/stripe"));
        conforms(
                "get",
                "/admin/v1/inbox",
                withBearerToken(issueToken(newSubject(), "support")).get("/admin/v1/inbox"));
        conforms(
                "post",
                "/admin/v1/reconciliation",
                withBearerToken(issueToken(newSubject(), "admin")).post("/admin/v1/reconciliation"));
        conforms("post", "/v1/me/passes", withBearerToken(reader).post("/v1/me/passes"));
        conforms(
                "post",
                "/v1/me/passes",
                withBearerToken(reader).body(Map.of("for", "app")).post("/v1/me/passes"));
        conforms("get", "/v1/passes/revocations", visitor().get("/v1/passes/revocations"));
        conforms("get", "/.well-known/jwks.json", visitor().get("/.well-known/jwks.json"));
        conforms(
                "post",
                "/admin/v1/pass-keys/rotation",
                withBearerToken(issueToken(newSubject(), "admin")).post("/admin/v1/pass-keys/rotation"));
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
        conforms("get", "/v1/me/export", withBearerToken(reader).get("/v1/me/export"));
        conforms("delete", "/v1/me", withBearerToken(issueToken(newSubject())).delete("/v1/me"));
        assertThat(document.at("/paths/~1v1~1me/delete/responses/202/content").isMissingNode())
                .isEqualTo(withBearerToken(reader).delete("/v1/me").asString().isEmpty());
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
