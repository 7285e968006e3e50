package dev.gatefold.passes.revocation;

import static dev.gatefold.passes.PassFixtures.claims;
import static dev.gatefold.passes.PassFixtures.endAllEntitlements;
import static dev.gatefold.passes.PassFixtures.grantEntitlement;
import static dev.gatefold.passes.PassFixtures.pass;
import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatefold.passes.claims.PassAudience;
import dev.gatefold.passes.issuance.IssuedPasses;
import dev.gatefold.testing.ServiceTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which passes are listed as revoked, and for how long. */
@ServiceTest
class PassRevocationsTest {
    @Inject
    PassRevocations revocations;

    @Inject
    IssuedPasses issued;

    @Inject
    Session database;

    @ParameterizedTest
    @ValueSource(strings = {"edge", "app"})
    void passIsRevokedWithinFiveSecondsOfChange(String audience) {
        JsonNode unaffected = claims(pass(newTrialToken(), audience));
        String reader = newTrialToken();
        JsonNode superseded = claims(pass(reader, audience));
        assertThat(minimumVersion(superseded)).isEmpty();

        endAllEntitlements(reader);

        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(minimumVersion(superseded)).hasValue(2));
        assertThat(superseded.path("version").asLong()).isLessThan(2);
        assertThat(minimumVersion(unaffected)).isEmpty();
    }

    @Test
    void reissuedPassIsNotRevoked() {
        String reader = newTrialToken();
        JsonNode superseded = claims(pass(reader, "edge"));
        grantEntitlement(reader, "GIFT", "membership", null);
        JsonNode current = claims(pass(reader, "edge"));
        awaitListRefresh();

        assertThat(minimumVersion(superseded)).hasValue(2);
        assertThat(current.path("version").asLong()).isEqualTo(2);
    }

    @Test
    void revocationIsListedUntilPassExpires() {
        String reader = newTrialToken();
        JsonNode superseded = claims(pass(reader, "edge"));
        grantEntitlement(reader, "GIFT", "membership", null);
        advanceClock(Duration.ofMinutes(5));
        // valid for longer than the revoked pass
        pass(reader, "edge");
        awaitListRefresh();
        assertThat(minimumVersion(superseded)).hasValue(2);

        advanceClock(Duration.ofMinutes(5));

        assertThat(minimumVersion(superseded)).isEmpty();
    }

    @Test
    void repeatedChangesKeepRevocationListed() {
        String reader = newTrialToken();
        JsonNode first = claims(pass(reader, "edge"));
        grantEntitlement(reader, "GIFT", "membership", null);
        pass(reader, "edge");
        grantEntitlement(reader, "GIFT", "membership", null);
        awaitListRefresh();

        assertThat(minimumVersion(first)).hasValue(3);
    }

    @Test
    void appPassRevocationIsListedForOfflinePeriod() {
        String reader = newTrialToken();
        JsonNode superseded = claims(pass(reader, "app"));
        grantEntitlement(reader, "GIFT", "membership", null);

        advanceClock(Duration.ofDays(7).minusMinutes(1));
        assertThat(minimumVersion(superseded)).hasValue(2);

        advanceClock(Duration.ofMinutes(1));
        assertThat(minimumVersion(superseded)).isEmpty();
    }

    @Test
    void passIssuedFromStaleVersionIsRevoked() {
        String reader = newTrialToken();
        UUID account = UUID.fromString(withBearerToken(reader).get("/v1/me").path("id"));
        grantEntitlement(reader, "GIFT", "membership", null);
        JsonNode current = claims(pass(reader, "edge"));
        awaitListRefresh();
        assertThat(minimumVersion(current)).isEmpty();

        issued.recordIssued(account, PassAudience.EDGE, 1, serviceNow().plusSeconds(60));
        awaitListRefresh();
        assertThat(minimumVersion(current)).hasValue(2);

        advanceClock(Duration.ofSeconds(60));
        assertThat(minimumVersion(current)).isEmpty();
    }

    @Test
    void revocationListIsPublicAndCacheableForTwoSeconds() {
        visitor()
                .get("/v1/passes/revocations")
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("max-age=2"))
                .body("items", notNullValue(), "asOf", notNullValue());
    }

    @Test
    void unchangedRevocationListIsNotModified() {
        String reader = newTrialToken();
        pass(reader, "edge");
        awaitListRefresh();
        String tag = fetchRevocations().header("ETag");
        assertThat(tag).startsWith("\"");

        advanceClock(Duration.ofSeconds(3));
        fetchRevocationsIfNoneMatch(tag).then().statusCode(304);

        endAllEntitlements(reader);
        awaitListRefresh();
        Response changed = fetchRevocationsIfNoneMatch(tag);
        changed.then().statusCode(200);
        assertThat(changed.header("ETag")).isNotEqualTo(tag);
    }

    @Test
    void expiredPassesAreDeleted() {
        pass(newTrialToken(), "edge");
        pass(newTrialToken(), "app");
        advanceClock(Duration.ofDays(8));
        assertThat(expiredPassCount()).isGreaterThanOrEqualTo(2);

        revocations.deleteExpired();

        assertThat(expiredPassCount()).isZero();
    }

    private long expiredPassCount() {
        Instant now = serviceNow();
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select count(*) from issued_pass where expires_at <= :now", Long.class)
                        .setParameter("now", now)
                        .getSingleResult());
    }

    private static Response fetchRevocations() {
        return visitor().get("/v1/passes/revocations");
    }

    private static Response fetchRevocationsIfNoneMatch(String tag) {
        return visitor().header("If-None-Match", tag).get("/v1/passes/revocations");
    }

    /** Advances the clock so that the cached list expires. */
    private static void awaitListRefresh() {
        advanceClock(Duration.ofSeconds(1));
    }

    /** Returns the lowest version that is not revoked for the subject of a pass; empty if none is revoked. */
    private static OptionalLong minimumVersion(JsonNode claims) {
        Integer version = fetchRevocations()
                .path("items.find { it.sub == '%s' }?.version"
                        .formatted(claims.path("sub").asText()));
        return version == null ? OptionalLong.empty() : OptionalLong.of(version);
    }
}
