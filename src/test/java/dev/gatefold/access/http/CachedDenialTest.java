package dev.gatefold.access.http;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.METERED;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.actOnCheckoutPage;
import static dev.gatefold.testing.TestPayments.followReturnUrl;
import static dev.gatefold.testing.TestPayments.startCheckout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Denials in the cache of a browser, which revalidates them before each use. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class CachedDenialTest {
    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("trial", "TRIAL", (Consumer<String>) CachedDenialTest::startTrial),
                Arguments.of("payment", "MEMBER", (Consumer<String>) CachedDenialTest::pay));
    }

    private static void startTrial(String reader) {
        withBearerToken(reader).post("/v1/me/trial").then().statusCode(201);
    }

    private static void pay(String reader) {
        followReturnUrl(actOnCheckoutPage(startCheckout(reader), "pay"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void storedDenialIsReplacedAfter(String change, String reason, Consumer<String> action) {
        String reader = newAccountToken();
        String tag = assertRevalidatedDenial(query(withBearerToken(reader))).header("ETag");
        query(withBearerToken(reader).header("If-None-Match", tag))
                .statusCode(304)
                .header("ETag", is(tag))
                .header("Cache-Control", is("private, no-cache"))
                .header("Vary", containsString("Authorization"))
                .body(is(emptyString()));

        action.accept(reader);

        query(withBearerToken(reader).header("If-None-Match", tag))
                .statusCode(200)
                .header("Cache-Control", startsWith("private, max-age="))
                .body("granted", is(true), "reason", is(reason));
    }

    @Test
    void storedDenialIsReplacedAfterSignUp() {
        String reader = issueToken(newSubject());
        String tag = assertRevalidatedDenial(query(withBearerToken(reader))).header("ETag");

        withBearerToken(reader)
                .body(Map.of("startTrial", true))
                .post("/v1/accounts")
                .then()
                .statusCode(201);

        query(withBearerToken(reader).header("If-None-Match", tag))
                .statusCode(200)
                .body("granted", is(true));
    }

    @Test
    void denialOfVisitorIsRevalidated() {
        assertRevalidatedDenial(query(visitor()));
    }

    @Test
    void decisionsOnSeveralArticlesAreNotStored() {
        visitor()
                .body(Map.of("articles", new Object[] {Map.of("url", MEMBERS_ONLY), Map.of("url", METERED + "a")}))
                .post("/v1/access")
                .then()
                .statusCode(200)
                .header("Cache-Control", is("no-store"));
        visitor()
                .body(Map.of(
                        "subject", Map.of("type", "visitor", "id", ""),
                        "action", Map.of("name", "read"),
                        "resource", Map.of("type", "article", "id", MEMBERS_ONLY)))
                .post("/access/v1/evaluation")
                .then()
                .statusCode(200)
                .header("Cache-Control", is("no-store"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/me", "/v1/me/membership", "/v1/me/shares"})
    void accountOfReaderIsNotStored(String path) {
        withBearerToken(newAccountToken()).get(path).then().statusCode(200).header("Cache-Control", is("no-store"));
    }

    private static ValidatableResponse query(RequestSpecification reader) {
        return reader.queryParam("url", MEMBERS_ONLY).get("/v1/access").then();
    }

    private static Response assertRevalidatedDenial(ValidatableResponse response) {
        response.statusCode(200)
                .header("Cache-Control", is("private, no-cache"))
                .body("granted", is(false));
        var received = response.extract().response();
        assertThat(received.header("ETag")).startsWith("W/\"");
        return received;
    }
}
