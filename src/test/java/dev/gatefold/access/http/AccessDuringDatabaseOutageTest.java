package dev.gatefold.access.http;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.METERED;
import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.newVisitorToken;
import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.gatefold.testing.ClockResetExtension;
import dev.gatefold.testing.InterruptibleTcpProxy;
import dev.gatefold.testing.SandboxTestResource;
import dev.gatefold.testing.StoppableClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Access decisions during a database outage and after it. */
@QuarkusTest
@QuarkusTestResource(
        value = AccessDuringDatabaseOutageTest.InterruptibleDatabase.class,
        restrictToAnnotatedClass = true)
@ExtendWith(ClockResetExtension.class)
class AccessDuringDatabaseOutageTest {
    /** Starts a proxy between the service and the database, which can be interrupted. */
    public static final class InterruptibleDatabase extends SandboxTestResource {
        private static final String URL = "quarkus.datasource.jdbc.url";
        private InterruptibleTcpProxy cable;

        @Override
        public Map<String, String> start() {
            Map<String, String> settings = new HashMap<>(super.start());
            cable = new InterruptibleTcpProxy(databasePort());
            settings.computeIfPresent(URL, (_, url) -> url.replaceFirst(":\\d+/", ":" + cable.port() + "/"));
            return settings;
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(cable, new TestInjector.MatchesType(InterruptibleTcpProxy.class));
        }

        @Override
        public void stop() {
            super.stop();
            cable.close();
        }
    }

    @Inject
    StoppableClock clock;

    InterruptibleTcpProxy database;

    @AfterEach
    void restoreConnection() {
        clock.resume();
        database.restore();
        String stranger = issueToken(newSubject());
        await().untilAsserted(() -> checkAccess(stranger, MEMBERS_ONLY).statusCode(200));
    }

    private static ValidatableResponse checkAccess(String token, String url) {
        return withBearerToken(token).queryParam("url", url).get("/v1/access").then();
    }

    private static ValidatableResponse recordRead(String token, String url) {
        return withBearerToken(token)
                .header("Idempotency-Key", UUID.randomUUID())
                .body(Map.of("url", url))
                .post("/v1/reads")
                .then();
    }

    @Test
    void cachedReadersKeepAccessFor15MinutesDuringOutage() {
        Instant cachedAt = serviceNow();
        clock.stopAt(cachedAt);
        String reader = newTrialToken();
        checkAccess(reader, MEMBERS_ONLY).body("reason", is("TRIAL"), "stale", is(false));

        database.disconnect();

        clock.stopAt(cachedAt.plus(Duration.ofMinutes(1)));
        checkAccess(reader, MEMBERS_ONLY)
                .statusCode(200)
                .body("granted", is(true), "reason", is("TRIAL"), "stale", is(true));
        clock.stopAt(cachedAt.plus(Duration.ofMinutes(15)).minusMillis(1));
        checkAccess(reader, MEMBERS_ONLY).statusCode(200).body("granted", is(true), "stale", is(true));
        clock.stopAt(cachedAt.plus(Duration.ofMinutes(15)));
        checkAccess(reader, MEMBERS_ONLY).statusCode(503);
    }

    @Test
    void entitlementEndingDuringOutageIsNotExtended() {
        String reader = newTrialToken();
        advanceClock(Duration.ofDays(14).minusMinutes(5));
        checkAccess(reader, MEMBERS_ONLY).body("reason", is("TRIAL"));

        database.disconnect();

        advanceClock(Duration.ofMinutes(5));
        checkAccess(reader, MEMBERS_ONLY).statusCode(200).body("reason", is("TRIAL_ENDED"), "stale", is(true));
    }

    @Test
    void uncachedReadersGet503WithRetryAfterDuringOutage() {
        String reader = issueToken(newSubject());

        database.disconnect();

        checkAccess(reader, MEMBERS_ONLY)
                .statusCode(503)
                .header("Retry-After", is("2"))
                .body("code", is("unavailable"));
    }

    @Test
    void writesGet503WithRetryAfterDuringOutage() {
        String reader = newTrialToken();

        database.disconnect();

        recordRead(reader, MEMBERS_ONLY).statusCode(503).header("Retry-After", is("2"));
        withBearerToken(reader)
                .body(Map.of("name", "Ida"))
                .patch("/v1/me")
                .then()
                .statusCode(503);
        withBearerToken(issueToken(newSubject()))
                .post("/v1/accounts")
                .then()
                .statusCode(503)
                .header("Retry-After", is("2"));
    }

    @Test
    void meteredArticleIsGrantedDuringOutage() {
        String visitor = newVisitorToken();

        database.disconnect();

        visitor(visitor)
                .queryParam("url", METERED)
                .get("/v1/access")
                .then()
                .statusCode(200)
                .body("granted", is(true), "reason", is("FALLBACK"), "stale", is(true), "meter", nullValue());
    }

    @Test
    void visitorsAndCatalogAreServedDuringOutage() {
        database.disconnect();

        visitor().queryParam("url", MEMBERS_ONLY).get("/v1/access").then().body("reason", is("SIGN_UP_REQUIRED"));
        visitor().get("/v1/sources/toms-guide").then().statusCode(200);
        visitor().post("/v1/visitors").then().statusCode(201);
    }

    @Test
    void passesAreNotIssuedDuringOutageButKeysAreServed() {
        String reader = newTrialToken();
        withBearerToken(reader).post("/v1/me/passes").then().statusCode(201);
        String keys = visitor().get("/.well-known/jwks.json").asString();

        database.disconnect();

        withBearerToken(reader).post("/v1/me/passes").then().statusCode(503).body("code", is("unavailable"));
        visitor().get("/.well-known/jwks.json").then().statusCode(200).body(is(keys));
        advanceClock(Duration.ofSeconds(2));
        visitor().get("/v1/passes/revocations").then().statusCode(503).header("Retry-After", is("2"));
    }

    @Test
    void requestsTimeOutQuicklyOnSilentConnection() {
        String reader = newTrialToken();
        checkAccess(reader, MEMBERS_ONLY);
        advanceClock(Duration.ofMinutes(1));

        database.stopForwarding();
        checkAccess(reader, MEMBERS_ONLY).statusCode(200).body("stale", is(true));

        long start = System.nanoTime();
        checkAccess(reader, MEMBERS_ONLY).statusCode(200).body("stale", is(true));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void serviceRecoversAfterOutage() {
        String reader = newTrialToken();
        checkAccess(reader, MEMBERS_ONLY);
        advanceClock(Duration.ofMinutes(1));
        database.disconnect();
        checkAccess(reader, MEMBERS_ONLY).body("stale", is(true));

        database.restore();

        await().untilAsserted(() -> checkAccess(reader, MEMBERS_ONLY).body("reason", is("TRIAL"), "stale", is(false)));
        recordRead(reader, MEMBERS_ONLY).statusCode(200);
    }
}
