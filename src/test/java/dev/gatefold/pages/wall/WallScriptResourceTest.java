package dev.gatefold.pages.wall;

import static dev.gatefold.testing.TestCallers.visitor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.gatefold.access.DenyReason;
import dev.gatefold.testing.ServiceTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Serving of {@code gatefold.js} to any origin, and of nothing else. */
@ServiceTest
class WallScriptResourceTest {
    private static final int MAX_BYTES = 18_000;
    private static final String FOREIGN = "https://other.example.net";

    @Test
    void wallScriptIsServedToAnyOrigin() {
        visitor()
                .header("Origin", FOREIGN)
                .get("/gatefold.js")
                .then()
                .statusCode(200)
                .contentType("text/javascript;charset=utf-8")
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Credentials", nullValue())
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .header("Cache-Control", "public, max-age=3600")
                .header("X-Content-Type-Options", "nosniff");
    }

    @Test
    void wallScriptIsSmallAndReadable() {
        byte[] script = visitor().get("/gatefold.js").asByteArray();

        assertThat(script).hasSizeLessThan(MAX_BYTES);
        assertThat(Arrays.stream(new String(script, StandardCharsets.UTF_8).split("\n")))
                .allMatch(line -> line.length() <= 130)
                .hasSizeGreaterThan(100);
    }

    @Test
    void wallScriptContainsTextsOfPagesInEveryLanguage() {
        String script = new String(visitor().get("/gatefold.js").asByteArray(), StandardCharsets.UTF_8);

        assertThat(script)
                .contains("\"You’ve reached your free-article limit for {source}\"")
                .contains("\"Registrieren Sie sich, um diesen Artikel zu lesen\"");
        assertThat(DenyReason.values())
                .allSatisfy(reason -> assertThat(script).containsSubsequence(reason + ": \"", reason + ": \""));
    }

    @Test
    void wallScriptIsRevalidated() {
        Response first = visitor().get("/gatefold.js");

        visitor()
                .header("If-None-Match", first.header("ETag"))
                .header("Origin", FOREIGN)
                .get("/gatefold.js")
                .then()
                .statusCode(304)
                .header("ETag", first.header("ETag"))
                .header("Access-Control-Allow-Origin", "*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/gatefold.js/", "/gatefold.js;a=b", "/v1/../gatefold.js"})
    void equivalentPathsServeOnlyWallScript(String path) {
        visitor()
                .urlEncodingEnabled(false)
                .header("Origin", FOREIGN)
                .get(path)
                .then()
                .statusCode(200)
                .contentType("text/javascript;charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /gatefold.js",
        "OPTIONS, /gatefold.js",
        "GET, /gatefold.js/../v1/plans",
        "GET, /gatefold.js%2F..%2Fv1%2Fplans"
    })
    void otherResourcesAreNotServedToAnyOrigin(String method, String path) {
        visitor()
                .urlEncodingEnabled(false)
                .header("Origin", FOREIGN)
                .request(method, path)
                .then()
                .statusCode(403)
                .body("code", is("forbidden"))
                .header("Access-Control-Allow-Origin", nullValue());
    }
}
