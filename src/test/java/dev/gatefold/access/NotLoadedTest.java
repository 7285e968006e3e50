package dev.gatefold.access;

import static dev.gatefold.Actors.METERED;
import static dev.gatefold.Actors.advance;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.moveClockTo;
import static dev.gatefold.Actors.signedUp;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.token;
import static dev.gatefold.Actors.visitor;
import static dev.gatefold.Actors.visitorToken;
import static dev.gatefold.Actors.withRole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.gatefold.Grants;
import dev.gatefold.ServiceTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reader opens an article, and gets nothing. */
@ServiceTest
class NotLoadedTest {
    private String visitor;

    @BeforeEach
    void somebodyNew() {
        visitor = visitorToken();
    }

    @AfterEach
    void today() {
        moveClockTo(Clock.systemUTC().instant());
    }

    private RequestSpecification who() {
        return visitor(visitor);
    }

    private String open(String article) {
        return open(who(), article);
    }

    private static String open(RequestSpecification who, String article) {
        String key = UUID.randomUUID().toString();
        who.header("Idempotency-Key", key)
                .body(Map.of("url", METERED + article))
                .post("/v1/reads")
                .then()
                .statusCode(200);
        return key;
    }

    private ValidatableResponse tell(String key) {
        return who().post("/v1/reads/" + key + "/not-loaded").then();
    }

    private int used() {
        return who().queryParam("url", METERED + "x").get("/v1/access").path("meter.used");
    }

    @Test
    void theMeterGetsItBackOnce() {
        open("a");
        String key = open("b");
        assertThat(used()).isEqualTo(2);

        tell(key).statusCode(200).body("givenBack", is(true));
        assertThat(used()).isEqualTo(1);

        tell(key).statusCode(200).body("givenBack", is(false));
        assertThat(used()).isEqualTo(1);
    }

    @Test
    void whatDidNotLoadIsNotGivenAgainForNothing() {
        String key = open("a");
        tell(key).body("givenBack", is(true));

        who().header("Idempotency-Key", key)
                .body(Map.of("url", METERED + "a"))
                .post("/v1/reads")
                .then()
                .statusCode(422);
    }

    @Test
    void whatWasReadAllTheSameStaysSpent() {
        String first = open("a");
        String again = open("a");

        tell(first).body("givenBack", is(false));
        assertThat(used()).isEqualTo(1);

        tell(again).body("givenBack", is(true));
        assertThat(used()).isZero();
    }

    @Test
    void itIsNoWayRoundTheMeter() {
        for (String article : new String[] {"a", "b", "c"}) {
            tell(open(article)).body("givenBack", is(true));
        }

        tell(open("d")).body("givenBack", is(false));
        assertThat(used()).isEqualTo(1);
    }

    @Test
    void itIsToldWithinTenMinutes() {
        String key = open("a");

        advance(Duration.ofMinutes(10));

        tell(key).statusCode(409).body("code", is("too-late"));
        assertThat(used()).isEqualTo(1);
    }

    @Test
    void nobodyTellsItOfOthers() {
        String key = open("a");

        visitor(visitorToken()).post("/v1/reads/" + key + "/not-loaded").then().statusCode(404);
        visitor().post("/v1/reads/" + key + "/not-loaded").then().statusCode(404);
        tell("no-such-key").statusCode(404);
        assertThat(used()).isEqualTo(1);
    }

    @Test
    void whoHasSignedUpMeanwhileTellsItToo() {
        String key = open("a");
        String reader = token(someone());
        bearer(reader).header("X-Visitor", visitor).post("/v1/accounts").then().statusCode(201);

        bearer(reader)
                .header("X-Visitor", visitor)
                .post("/v1/reads/" + key + "/not-loaded")
                .then()
                .statusCode(200)
                .body("givenBack", is(true));

        bearer(reader).queryParam("url", METERED + "x").get("/v1/access").then().body("meter.used", is(0));
    }

    @Test
    void aServiceTellsItForItsReader() {
        String reader = signedUp();
        String key = open(bearer(reader), "a");

        withRole("service")
                .body(Map.of("subject", Grants.subject(reader)))
                .post("/v1/reads/" + key + "/not-loaded")
                .then()
                .body("givenBack", is(true));
    }
}
