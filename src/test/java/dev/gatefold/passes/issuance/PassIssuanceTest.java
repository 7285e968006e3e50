package dev.gatefold.passes.issuance;

import static dev.gatefold.passes.PassFixtures.askForPass;
import static dev.gatefold.passes.PassFixtures.claims;
import static dev.gatefold.passes.PassFixtures.endAllEntitlements;
import static dev.gatefold.passes.PassFixtures.grantEntitlement;
import static dev.gatefold.passes.PassFixtures.header;
import static dev.gatefold.passes.PassFixtures.pass;
import static dev.gatefold.passes.PassFixtures.publishedKeys;
import static dev.gatefold.passes.PassFixtures.publishedRevocations;
import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.moveClockTo;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestCallers.withRole;
import static dev.gatefold.testing.TestCallers.withoutAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jwt.proc.BadJWTException;
import dev.gatefold.passes.IndependentPassVerifier;
import dev.gatefold.passes.keys.PassSigningKey;
import dev.gatefold.passes.keys.StoredSigningKey;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.web.SiteConfig;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issuing of passes: claims, lifetime, refusals, and verification by another library. */
@ServiceTest
class PassIssuanceTest {
    @Inject
    SiteConfig site;

    private String issuer;

    @BeforeEach
    void readIssuer() {
        issuer = site.url().toString();
    }

    @Nested
    class PassIssued {
        @Test
        void passIsIssuedToEntitledReader() {
            String reader = newTrialToken();

            Response response = withBearerToken(reader).post("/v1/me/passes");

            response.then()
                    .statusCode(201)
                    .header("Cache-Control", "no-store")
                    .body("pass", notNullValue(), "offlineUntil", nullValue());
            JsonNode claims = claims(response.path("pass"));
            assertThat(claims.path("iss").asText()).isEqualTo(issuer);
            assertThat(claims.path("aud").asText()).isEqualTo("edge");
            assertThat(claims.path("version").asLong()).isEqualTo(1);
            assertThat(claims.at("/rights/0/basis").asText()).isEqualTo("TRIAL");
            assertThat(claims.at("/rights/0/covers").asText()).isEqualTo("*");
            assertThat(claims.path("rights")).hasSize(1);
            assertThat(Instant.ofEpochSecond(claims.path("exp").asLong()))
                    .isEqualTo(Instant.parse(response.path("expiresAt")));
        }

        @Test
        void passForAppIsIssuedOnRequest() {
            Response response = askForPass(newTrialToken(), "app");

            response.then().statusCode(201).body("offlineUntil", notNullValue());
            JsonNode claims = claims(response.path("pass"));
            assertThat(claims.path("aud").asText()).isEqualTo("app");
            assertThat(Instant.ofEpochSecond(claims.path("offline").asLong()))
                    .isEqualTo(Instant.parse(response.path("offlineUntil")));
        }

        @Test
        void passHeaderStatesTokenType() {
            JsonNode header = header(pass(newTrialToken(), "edge"));

            assertThat(header.path("alg").asText()).isEqualTo("ES256");
            assertThat(header.path("typ").asText()).isEqualTo("entitlement+jwt");
            assertThat(header.path("kid").asText()).isNotBlank();
        }

        @Test
        void passSubjectIsPseudonymous() {
            String subject = newSubject();
            String reader = issueToken(subject);
            String id = withBearerToken(reader)
                    .body(Map.of("startTrial", true, "email", "ida@example.com", "name", "Ida Idle"))
                    .post("/v1/accounts")
                    .path("id");

            String forEdge = pass(reader, "edge");
            String forApp = pass(reader, "app");

            assertThat(claims(forEdge).path("sub").asText()).matches("[\\w-]{22}");
            assertThat(claims(forEdge).path("sub"))
                    .isEqualTo(claims(pass(reader, "edge")).path("sub"));
            assertThat(claims(forEdge).path("sub")).isNotEqualTo(claims(forApp).path("sub"));
            assertThat(claims(forEdge).path("sub"))
                    .isNotEqualTo(claims(pass(newTrialToken(), "edge")).path("sub"));
            for (String pass : List.of(forEdge, forApp)) {
                assertThat(claims(pass).toString()).doesNotContain(id, subject, "ida@", "Ida");
            }
        }

        @Test
        void passCarriesCurrentAccountVersion() {
            String reader = newTrialToken();
            pass(reader, "edge");

            grantEntitlement(reader, "GIFT", "membership", null);

            assertThat(claims(pass(reader, "edge")).path("version").asLong()).isEqualTo(2);
            assertThat(claims(pass(reader, "edge")).at("/rights/0/basis").asText())
                    .isEqualTo("GIFT");
        }

        @Test
        void issuedPassesAreCounted() {
            double before = issuedCount("APP");

            pass(newTrialToken(), "app");

            assertThat(issuedCount("APP")).isEqualTo(before + 1);
        }

        private static double issuedCount(String audience) {
            String line = "gatefold_passes_issued_total{audience=\"" + audience + "\"} ";
            return visitor()
                    .get("/q/metrics")
                    .asString()
                    .lines()
                    .filter(it -> it.startsWith(line))
                    .mapToDouble(it -> Double.parseDouble(it.substring(line.length())))
                    .sum();
        }
    }

    @Nested
    class PassNotIssued {
        @Test
        void passIsRefusedWithoutAccount() {
            withoutAccount().post("/v1/me/passes").then().statusCode(404).body("code", is("no-account"));
        }

        @Test
        void passIsRefusedWithoutEntitlement() {
            withBearerToken(newAccountToken())
                    .post("/v1/me/passes")
                    .then()
                    .statusCode(409)
                    .body("code", is("nothing-held"));
        }

        @Test
        void passIsRefusedAfterEntitlementEnd() {
            String reader = newTrialToken();

            advanceClock(Duration.ofDays(14));

            withBearerToken(reader).post("/v1/me/passes").then().statusCode(409).body("code", is("nothing-held"));
        }

        @Test
        void passIsRefusedToVisitorAndService() {
            visitor().post("/v1/me/passes").then().statusCode(401);
            withRole("service").post("/v1/me/passes").then().statusCode(403);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"{\"for\": \"television\"}", "{\"for\": \"EDGE\"}", "{\"for\": 1}", "{\"until\": 1}", "["})
        void passForUnknownAudienceIsRejected(String body) {
            withBearerToken(newTrialToken())
                    .body(body)
                    .post("/v1/me/passes")
                    .then()
                    .statusCode(400);
        }
    }

    @Nested
    class PassExpiry {
        /** Entitlement, its remaining time, and the lifetimes of an edge pass, an app pass, and an app pass offline. */
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                MEMBER          | P30D  | PT10M | PT24H | P7D
                MEMBER          |       | PT10M | PT24H | P7D
                TRIAL           | P3D   | PT10M | PT24H | P3D
                COMPLIMENTARY   | PT5H  | PT10M | PT5H  | PT5H
                PURCHASED       | PT90S | PT90S | PT90S | PT90S
                GRACE           | P30D  | PT10M | PT24H | PT24H
                PENDING_PAYMENT | P30D  | PT10M | PT24H | PT24H
                GRACE           | PT1H  | PT10M | PT1H  | PT1H
                """)
        void passExpiresWithEntitlement(
                String basis, Duration remaining, Duration edge, Duration app, Duration offline) {
            String reader = newAccountToken();
            Instant now = serviceNow().truncatedTo(ChronoUnit.SECONDS);
            moveClockTo(now);
            grantEntitlement(reader, basis, "membership", remaining == null ? null : now.plus(remaining));

            Response forEdge = askForPass(reader, "edge");
            Response forApp = askForPass(reader, "app");

            assertThat(lifetimeOf(now, forEdge, "expiresAt", remaining))
                    .isLessThanOrEqualTo(tolerance(edge))
                    .isGreaterThanOrEqualTo(edge);
            assertThat(lifetimeOf(now, forApp, "expiresAt", remaining))
                    .isLessThanOrEqualTo(tolerance(app))
                    .isGreaterThanOrEqualTo(app);
            assertThat(lifetimeOf(now, forApp, "offlineUntil", remaining))
                    .isLessThanOrEqualTo(tolerance(offline))
                    .isGreaterThanOrEqualTo(offline);
        }

        @Test
        void offlinePeriodEndsWithPaidEntitlementNotWithGrace() {
            String reader = newAccountToken();
            Instant now = serviceNow();
            grantEntitlement(reader, "GRACE", "membership", now.plus(Duration.ofDays(6)));
            grantEntitlement(reader, "GIFT", "membership", now.plus(Duration.ofDays(3)));

            JsonNode app = claims(pass(reader, "app"));
            JsonNode edge = claims(pass(reader, "edge"));

            assertThat(app.path("offline").asLong())
                    .isEqualTo(now.plus(Duration.ofDays(3)).getEpochSecond());
            assertThat(app.at("/rights/0/basis").asText()).isEqualTo("GIFT");
            assertThat(edge.at("/rights/0/basis").asText()).isEqualTo("GRACE");
        }

        private static Duration lifetimeOf(Instant now, Response response, String member, Duration remaining) {
            response.then().statusCode(201);
            Instant end = Instant.parse(response.path(member));
            if (remaining != null) {
                assertThat(end).isBeforeOrEqualTo(now.plus(remaining));
            }
            return Duration.between(now, end);
        }

        /** Allows for the time that the requests take. */
        private static Duration tolerance(Duration exact) {
            return exact.plusSeconds(5);
        }
    }

    /** Verification with another JWT library and the published keys. */
    @Nested
    class PassVerification {
        @Test
        void passVerifiesWithPublishedKeys() throws Exception {
            String pass = pass(newTrialToken(), "edge");

            assertThat(verifierAt(serviceNow()).verify(pass).getSubject())
                    .isEqualTo(claims(pass).path("sub").asText());
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2})
        void changedPassFailsVerification(int part) {
            String pass = pass(newTrialToken(), "edge");
            String[] parts = pass.split("\\.");
            byte[] bytes = Base64.getUrlDecoder().decode(parts[part]);
            bytes[bytes.length / 2] ^= 1;
            parts[part] = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

            assertThat(String.join(".", parts)).isNotEqualTo(pass);
            assertThatThrownBy(() -> verifierAt(serviceNow()).verify(String.join(".", parts)))
                    .isInstanceOfAny(BadJOSEException.class, java.text.ParseException.class);
        }

        @Test
        void expiredPassFailsVerification() throws Exception {
            String pass = pass(newTrialToken(), "edge");
            Instant end = Instant.ofEpochSecond(claims(pass).path("exp").asLong());

            assertThat(verifierAt(end.minusSeconds(1)).verify(pass)).isNotNull();
            assertThatThrownBy(() -> verifierAt(end).verify(pass))
                    .isInstanceOf(BadJWTException.class)
                    .hasMessageContaining("Expired");
        }

        @Test
        void revokedPassFailsVerification() throws Exception {
            String reader = newTrialToken();
            String pass = pass(reader, "edge");
            assertThat(verifierAt(serviceNow()).verify(pass)).isNotNull();

            endAllEntitlements(reader);
            advanceClock(Duration.ofSeconds(2));

            assertThatThrownBy(() -> verifierAt(serviceNow()).verify(pass))
                    .isInstanceOf(BadJWTException.class)
                    .hasMessage("Revoked");
        }

        @Test
        void passOfOtherAudienceOrIssuerFailsVerification() {
            String pass = pass(newTrialToken(), "edge");

            assertThatThrownBy(() -> new IndependentPassVerifier(
                                    publishedKeys(), publishedRevocations(), issuer, "app", serviceNow())
                            .verify(pass))
                    .isInstanceOf(BadJWTException.class);
            assertThatThrownBy(() -> new IndependentPassVerifier(
                                    publishedKeys(),
                                    publishedRevocations(),
                                    "https://gate.evil.test",
                                    "edge",
                                    serviceNow())
                            .verify(pass))
                    .isInstanceOf(BadJWTException.class);
        }

        @Test
        void passOfOtherKeyFailsVerification() {
            String pass = pass(newTrialToken(), "edge");
            String payload = claims(pass).toString();
            PassSigningKey otherKey =
                    StoredSigningKey.generate(serviceNow(), serviceNow()).signingKey();
            otherKey.keyPair().setKeyId(header(pass).path("kid").asText());

            assertThatThrownBy(() -> verifierAt(serviceNow()).verify(otherKey.sign(payload)))
                    .isInstanceOf(BadJWSException.class);
        }

        @Test
        void passIsNoAccessToken() {
            String pass = pass(newTrialToken(), "edge");

            withBearerToken(pass).get("/v1/me").then().statusCode(401).body("code", is("unauthenticated"));
            withBearerToken(pass)
                    .queryParam("url", "https://fortune.com/a")
                    .get("/v1/access")
                    .then()
                    .statusCode(401);
        }

        private IndependentPassVerifier verifierAt(Instant now) {
            return new IndependentPassVerifier(publishedKeys(), publishedRevocations(), issuer, "edge", now);
        }
    }

    @Test
    void keySetIsPublicAndContainsNoPrivateKey() {
        visitor()
                .get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("max-age=300"))
                .body("keys[0].kty", is("EC"), "keys[0].crv", is("P-256"), "keys[0].alg", is("ES256"))
                .body("keys[0].use", is("sig"), "keys[0].kid", notNullValue(), "keys[0].d", nullValue());
    }
}
