package dev.gatefold.access;

import static dev.gatefold.Actors.MEMBERS_ONLY;
import static dev.gatefold.Actors.METERED;
import static dev.gatefold.Actors.advance;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.inTrial;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.token;
import static dev.gatefold.Actors.visitor;
import static dev.gatefold.Actors.visitorToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.gatefold.Cable;
import dev.gatefold.Sandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The database goes away, and comes back. */
@QuarkusTest
@QuarkusTestResource(value = OutageTest.Wired.class, restrictToAnnotatedClass = true)
class OutageTest {
    /** Puts a cable between the service and the database. */
    public static final class Wired extends Sandbox {
        private static final String URL = "quarkus.datasource.jdbc.url";
        private Cable cable;

        @Override
        public Map<String, String> start() {
            Map<String, String> settings = new HashMap<>(super.start());
            cable = new Cable(databasePort());
            settings.computeIfPresent(URL, (_, url) -> url.replaceFirst(":\\d+/", ":" + cable.port() + "/"));
            return settings;
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(cable, new TestInjector.MatchesType(Cable.class));
        }

        @Override
        public void stop() {
            super.stop();
            cable.close();
        }
    }

    Cable database;

    @AfterEach
    void mend() {
        database.mend();
        String stranger = token(someone());
        await().untilAsserted(() -> ask(stranger, MEMBERS_ONLY).statusCode(200));
    }

    private static ValidatableResponse ask(String token, String url) {
        return bearer(token).queryParam("url", url).get("/v1/access").then();
    }

    private static ValidatableResponse open(String token, String url) {
        return bearer(token)
                .header("Idempotency-Key", UUID.randomUUID())
                .body(Map.of("url", url))
                .post("/v1/reads")
                .then();
    }

    @Test
    void readersWhoAreKnownGoOnReadingForAQuarterOfAnHour() {
        String reader = inTrial();
        ask(reader, MEMBERS_ONLY).body("reason", is("TRIAL"), "stale", is(false));

        database.cut();

        advance(Duration.ofMinutes(1));
        ask(reader, MEMBERS_ONLY).statusCode(200).body("granted", is(true), "reason", is("TRIAL"), "stale", is(true));
        advance(Duration.ofSeconds(13 * 60 + 59));
        ask(reader, MEMBERS_ONLY).statusCode(200).body("granted", is(true), "stale", is(true));
        advance(Duration.ofSeconds(1));
        ask(reader, MEMBERS_ONLY).statusCode(503);
    }

    @Test
    void whatEndsDuringTheOutageEnds() {
        String reader = inTrial();
        advance(Duration.ofDays(14).minusMinutes(5));
        ask(reader, MEMBERS_ONLY).body("reason", is("TRIAL"));

        database.cut();

        advance(Duration.ofMinutes(5));
        ask(reader, MEMBERS_ONLY).statusCode(200).body("reason", is("TRIAL_ENDED"), "stale", is(true));
    }

    @Test
    void readersWhoAreNotKnownAreAskedToComeBack() {
        String reader = token(someone());

        database.cut();

        ask(reader, MEMBERS_ONLY).statusCode(503).header("Retry-After", is("2")).body("code", is("unavailable"));
    }

    @Test
    void whatIsWrittenIsAskedToComeBack() {
        String reader = inTrial();

        database.cut();

        open(reader, MEMBERS_ONLY).statusCode(503).header("Retry-After", is("2"));
        bearer(reader).body(Map.of("name", "Ida")).patch("/v1/me").then().statusCode(503);
        bearer(token(someone())).post("/v1/accounts").then().statusCode(503).header("Retry-After", is("2"));
    }

    @Test
    void whatAMeterCannotSayIsGranted() {
        String visitor = visitorToken();

        database.cut();

        visitor(visitor)
                .queryParam("url", METERED)
                .get("/v1/access")
                .then()
                .statusCode(200)
                .body("granted", is(true), "reason", is("FALLBACK"), "stale", is(true), "meter", nullValue());
    }

    @Test
    void visitorsAndTheCatalogueDoNotNeedIt() {
        database.cut();

        visitor().queryParam("url", MEMBERS_ONLY).get("/v1/access").then().body("reason", is("SIGN_UP_REQUIRED"));
        visitor().get("/v1/sources/toms-guide").then().statusCode(200);
        visitor().post("/v1/visitors").then().statusCode(201);
    }

    @Test
    void noPassIsGivenOutOfMemoryAndThoseThatWereGivenCanBeVerified() {
        String reader = inTrial();
        bearer(reader).post("/v1/me/passes").then().statusCode(201);
        String keys = visitor().get("/.well-known/jwks.json").asString();

        database.cut();

        bearer(reader).post("/v1/me/passes").then().statusCode(503).body("code", is("unavailable"));
        visitor().get("/.well-known/jwks.json").then().statusCode(200).body(is(keys));
        advance(Duration.ofSeconds(2));
        visitor().get("/v1/passes/revocations").then().statusCode(503).header("Retry-After", is("2"));
    }

    @Test
    void nobodyWaitsLongForAWireThatIsDead() {
        String reader = inTrial();
        ask(reader, MEMBERS_ONLY);
        advance(Duration.ofMinutes(1));

        database.die();
        ask(reader, MEMBERS_ONLY).statusCode(200).body("stale", is(true));

        long start = System.nanoTime();
        ask(reader, MEMBERS_ONLY).statusCode(200).body("stale", is(true));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void allIsWellAgainWhenItIsBack() {
        String reader = inTrial();
        ask(reader, MEMBERS_ONLY);
        advance(Duration.ofMinutes(1));
        database.cut();
        ask(reader, MEMBERS_ONLY).body("stale", is(true));

        database.mend();

        await().untilAsserted(() -> ask(reader, MEMBERS_ONLY).body("reason", is("TRIAL"), "stale", is(false)));
        open(reader, MEMBERS_ONLY).statusCode(200);
    }
}
