package dev.gatefold.web.problems;

import static dev.gatefold.testing.TestCallers.OPEN;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.gatefold.testing.ServiceTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses to malformed requests are problem documents and never server errors. */
@ServiceTest
class MalformedRequestTest {
    @TestHTTPResource
    URI service;

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    method | path                      | status | code
                    GET    | /v1/nothing               | 404    | not-found
                    GET    | /nothing/at/all           | 404    | not-found
                    GET    | /v1/sources/unknown       | 404    | not-found
                    GET    | /v1/me/events             | 404    | not-found
                    POST   | /v1/me/passes             | 401    | unauthenticated
                    GET    | /v1/me/checkout           | 405    | method-not-allowed
                    POST   | /v1/webhooks/stripe       | 400    | invalid-event
                    GET    | /v1/checkout/return       | 400    | invalid-input
                    GET    | /v1/checkout/return?session_id=a%00 | 400 | invalid-input
                    POST   | /v1/me/checkout           | 401    | unauthenticated
                    POST   | /.well-known/jwks.json    | 405    | method-not-allowed
                    DELETE | /v1/plans                 | 405    | method-not-allowed
                    PATCH  | /v1/access                | 405    | method-not-allowed
                    GET    | /v1/access                | 400    | invalid-input
                    GET    | /v1/sources?limit=0       | 400    | invalid-input
                    GET    | /v1/sources?limit=501     | 400    | invalid-input
                    GET    | /v1/sources?limit=many    | 404    | not-found
                    GET    | /v1/sources/resolve       | 400    | invalid-input
                    """)
    void everyErrorIsProblemJson(String method, String path, int status, String code) {
        assertProblem(visitor().request(method, path), status, code);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '`', textBlock = """
                    body                                                            | code           | pointer
                    {                                                               | malformed-json |
                    []                                                              | malformed-json |
                    "text"                                                          | malformed-json |
                    {"articles":[]} and more                                        | malformed-json |
                    {"articles":[],"articles":[]}                                   | malformed-json |
                    {"articles":5}                                                  | invalid-input  | /articles
                    {"articles":[5]}                                                | invalid-input  | /articles/0
                    {"articles":[{"url":5}]}                                        | invalid-input  | /articles/0/url
                    {"articles":[{"url":"https://a.example","x":1}]}                | invalid-input  | /articles/0/x
                    {"articles":[{"source":"a","article":"\\u0000"}]}               | invalid-input  | /articles/0/article
                    {"articles":[],"unknown":true}                                  | invalid-input  | /unknown
                    """)
    void invalidBodyIsReportedWithPointer(String body, String code, String pointer) {
        Response response = visitor().body(body).post("/v1/access");

        assertProblem(response, 400, code);
        if (pointer != null) {
            response.then().body("errors[0].pointer", is(pointer));
        }
    }

    @Test
    void missingBodyIsReported() {
        assertProblem(visitor().post("/v1/access"), 400, "invalid-input");
    }

    @Test
    void unsupportedMediaTypeIsRejected() {
        assertProblem(
                given().contentType(ContentType.TEXT).body("x").post("/v1/access"), 415, "unsupported-media-type");
        assertProblem(given().accept("image/png").get("/v1/plans"), 406, "not-acceptable");
    }

    @Test
    void deeplyNestedBodyIsRejected() {
        assertProblem(visitor().body("[".repeat(50_000)).post("/v1/access"), 400, "malformed-json");
        assertProblem(visitor().body("{\"articles\":" + "[".repeat(50_000)).post("/v1/access"), 400, null);
    }

    @Test
    void largeBodyIsRejectedWithoutBeingRead() throws Exception {
        byte[] large =
                ("{\"articles\":[{\"url\":\"" + "a".repeat(10_000_000) + "\"}]}").getBytes(StandardCharsets.UTF_8);

        assertThat(post(BodyPublishers.ofByteArray(large))).isEqualTo(413);
        assertThat(post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))))
                .isEqualTo(413);
    }

    private int post(HttpRequest.BodyPublisher body) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(service.resolve("/v1/access"))
                    .version(HttpClient.Version.HTTP_1_1)
                    .header("Content-Type", "application/json")
                    .POST(body)
                    .build();
            return http.send(request, BodyHandlers.ofString()).statusCode();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/access?url=https://a.example/%00",
                "/v1/access?url=%00",
                "/v1/access?source=a%00&article=b",
                "/v1/access?source=a&article=b%00",
                "/v1/access?source=a&article=%01",
                "/v1/access?url=https://a.example&publishedAt=2026-02-30T00:00:00Z",
                "/v1/access?url=https://a.example&publishedAt=yesterday",
                "/v1/access?url=https://a.example&surface=fridge",
                "/v1/access?url=https://a.example&source=a&article=b",
                "/v1/access?url=javascript:alert(1)",
                "/v1/sources/resolve?url=nothing",
            })
    void malformedQueryIsReported(String path) throws IOException {
        assertThat(sendRaw("GET " + path + " HTTP/1.1"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/sources/%00 HTTP/1.1",
                "GET /v1/sources/%ff HTTP/1.1",
                "GET /v1/%2e%2e/%2e%2e/etc/passwd HTTP/1.1",
                "GET /v1/sources?after=%00 HTTP/1.1",
                "GET /v1/access?url=% HTTP/1.1",
                "GET /v1/access?url=%zz HTTP/1.1",
                "GET /v1/access?%00=1 HTTP/1.1",
                "GET //v1//access HTTP/1.1",
                "GET /v1/access;x=y?url=https://a.example HTTP/1.1",
                "GET /v1/access?url=https://a.example HTTP/1.1\r\nX-Visitor: \u0001",
                "GET /v1/access?url=https://a.example HTTP/1.1\r\nAuthorization: Bearer",
                "GET /v1/access?url=https://a.example HTTP/1.1\r\nIf-None-Match: nonsense",
                "GET /v1/access?url=https://a.example HTTP/1.1\r\nIf-None-Match: *",
                "GET /v1/access?url=https://a.example HTTP/1.1\r\nContent-Length: -1",
                "GET /v1/access?url=https://a.example HTTP/1.1\r\nContent-Length: 99999999999999999999",
                "GET /v1/access?url=https://a.example HTTP/1.1\r\nAccept: nonsense",
                "POST /v1/access HTTP/1.1\r\nContent-Type: nonsense\r\nContent-Length: 2",
                "BREW /v1/access HTTP/1.1",
                "nonsense",
            })
    void malformedRequestNeverCausesServerError(String request) throws IOException {
        assertThat(sendRaw(request)).doesNotStartWith("HTTP/1.1 5").doesNotContain("Exception", "at io.", "at java.");
    }

    @Test
    void tooLongUrlOrHeaderIsRejected() throws IOException {
        String url = "https://a.example/" + "a".repeat(5_000);
        assertProblem(visitor().queryParam("url", url).get("/v1/access"), 400, "invalid-input");
        assertThat(sendRaw("GET /v1/access?url=" + "a".repeat(100_000) + " HTTP/1.1"))
                .matches("(?s)HTTP/1.. 414.*");
        assertThat(sendRaw("GET /v1/plans HTTP/1.1\r\nX-Long: " + "a".repeat(100_000)))
                .matches("(?s)HTTP/1.. 431.*");
        assertProblem(
                visitor()
                        .header("Idempotency-Key", "k".repeat(256))
                        .body(Map.of("url", OPEN))
                        .post("/v1/reads"),
                400,
                "idempotency-key-required");
        assertProblem(
                visitor()
                        .queryParam("source", "a")
                        .queryParam("article", "b".repeat(501))
                        .get("/v1/access"),
                400,
                "invalid-input");
    }

    @Test
    void tooLongNameOrNulCharacterIsRejected() {
        String reader = newAccountToken();
        assertProblem(
                withBearerToken(reader)
                        .body(Map.of("name", "a".repeat(300_000)))
                        .patch("/v1/me"),
                400,
                "invalid-input");
        assertProblem(withBearerToken(reader).body("{\"name\":\"a\\u0000b\"}").patch("/v1/me"), 400, "invalid-input");
        assertProblem(
                withBearerToken(reader)
                        .body("{\"email\":\"a\\u0001@b.example\"}")
                        .patch("/v1/me"),
                400,
                "invalid-input");
    }

    private static void assertProblem(Response response, int status, String code) {
        var problem = response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", is(status))
                .body("title", notNullValue())
                .body("detail", notNullValue())
                .body("instance", notNullValue())
                .body("type", containsString("urn:gatefold:problem:"))
                .body(not(containsString("Exception")))
                .body(not(containsString("dev.gatefold")));
        if (code != null) {
            problem.body("code", is(code));
        }
    }

    /** Returns the raw response to a request that client libraries refuse to send. */
    private String sendRaw(String head) throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write((head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n{}")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
