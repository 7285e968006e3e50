package dev.gatefold.sandbox.demo;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.gatefold.testing.ServiceTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The demo readers, services and staff without subscriptions, and the overview page. */
@ServiceTest
class DemoReadersTest {
    private static String tokenOf(String name) {
        JsonPath readers =
                visitor().get("/dev/readers").then().statusCode(200).extract().jsonPath();
        return readers.getString("readers.find { it.name == '%s' }.token".formatted(name));
    }

    @Test
    void onlyAdaCanChangeCatalog() {
        byte[] table = "slug\tname\thosts\tgate\na\tA\ta.example\tOPEN\n".getBytes(StandardCharsets.UTF_8);

        for (var expected : Map.of("Ada", 200, "Sue", 403).entrySet()) {
            withBearerToken(tokenOf(expected.getKey()))
                    .contentType("text/tab-separated-values")
                    .queryParam("dryRun", true)
                    .body(table)
                    .put("/admin/v1/sources")
                    .then()
                    .statusCode(expected.getValue());
        }
    }

    @Test
    void samQueriesForOtherReaders() {
        var subject = Map.of("issuer", issuer(), "subject", "ann");

        withBearerToken(tokenOf("Sam"))
                .body(Map.of("articles", List.of(Map.of("url", MEMBERS_ONLY)), "subject", subject))
                .post("/v1/access")
                .then()
                .statusCode(200)
                .body("decisions[0].reason", is("MEMBER"));
    }

    @Test
    void welcomePageIsServedAtRoot() {
        visitor().get("/").then().statusCode(200).contentType("text/html").body(containsString("Request a decision"));
    }

    private static String issuer() {
        return new String(Base64.getUrlDecoder().decode(tokenOf("Ann").split("\\.")[1]), StandardCharsets.UTF_8)
                .replaceFirst(".*\"iss\":\"([^\"]+)\".*", "$1");
    }

    @Test
    void newDemoReaderHasNoAccount() {
        String subject = "newcomer-" + UUID.randomUUID();
        String token =
                visitor().body(Map.of("subject", subject)).post("/dev/tokens").path("token");

        withBearerToken(token).get("/v1/me").then().statusCode(404).body("code", is("no-account"));
    }
}
