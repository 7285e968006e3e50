package dev.gatefold.accounts;

import static dev.gatefold.Actors.METERED;
import static dev.gatefold.Actors.OPEN;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.token;
import static dev.gatefold.BehindAGateway.callingFrom;
import static dev.gatefold.BehindAGateway.household;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.gatefold.BehindAGateway;
import dev.gatefold.ServiceTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/** Where visitors come from, each with a new token, when two a day are enough. */
@ServiceTest
@TestProfile(BehindAGateway.class)
class NewcomersTest {
    private final String household = household();

    @Inject
    Session database;

    private String newcomer(String address) {
        return callingFrom(address)
                .post("/v1/visitors")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    private static ValidatableResponse ask(String token, String url) {
        return callingFrom(household() + "::1")
                .header("X-Visitor", token)
                .queryParam("url", url)
                .get("/v1/access")
                .then()
                .statusCode(200);
    }

    @Test
    void theThirdIsAskedToSignUp() {
        String first = newcomer(household + ":1::1");
        String second = newcomer(household + ":2::2");

        String third = newcomer(household + ":3::3");

        ask(first, METERED + "a").body("reason", is("METERED"));
        ask(second, METERED + "a").body("reason", is("METERED"));
        ask(third, METERED + "a").body("reason", is("SIGN_UP_REQUIRED"), "offers[0].kind", is("SIGN_UP"));
        ask(third, OPEN).body("reason", is("OPEN"));
        ask(newcomer(household() + "::1"), METERED + "a").body("reason", is("METERED"));
    }

    @Test
    void whoSignsUpHasTheMeterOfAReader() {
        newcomer(household + ":1::1");
        newcomer(household + ":2::2");
        String third = newcomer(household + ":3::3");
        String reader = token(someone());

        bearer(reader).header("X-Visitor", third).post("/v1/accounts").then().statusCode(201);

        bearer(reader)
                .header("X-Visitor", third)
                .queryParam("url", METERED + "a")
                .get("/v1/access")
                .then()
                .body("reason", is("METERED"));
    }

    @Test
    void whoComesFromNowhereIsWelcome() {
        for (String address : new String[] {"nobody", "_obscure", "fe80::9%eth9", "host.example"}) {
            callingFrom(address).post("/v1/visitors").then().statusCode(201);
        }
    }

    @Test
    void whereTheyComeFromIsNotWritten() {
        newcomer("198.51.100.7");

        String places = QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select string_agg(encode(place, 'hex') || ' ' || encode(place, 'escape'), ' ') from newcomers",
                                String.class)
                        .getSingleResult());

        assertThat(places).isNotBlank().doesNotContain("198.51.100").doesNotContain("c63364");
    }
}
