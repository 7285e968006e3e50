package dev.gatefold.passes;

import static dev.gatefold.Actors.advance;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.inTrial;
import static dev.gatefold.Actors.moveClockTo;
import static dev.gatefold.Actors.now;
import static dev.gatefold.Actors.signedUp;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.stranger;
import static dev.gatefold.Actors.token;
import static dev.gatefold.Actors.visitor;
import static dev.gatefold.Actors.withRole;
import static dev.gatefold.passes.Bearers.askForPass;
import static dev.gatefold.passes.Bearers.claims;
import static dev.gatefold.passes.Bearers.give;
import static dev.gatefold.passes.Bearers.header;
import static dev.gatefold.passes.Bearers.keys;
import static dev.gatefold.passes.Bearers.pass;
import static dev.gatefold.passes.Bearers.revocations;
import static dev.gatefold.passes.Bearers.takeAll;
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
import dev.gatefold.ServiceTest;
import dev.gatefold.web.SiteConfig;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pass says, for how long, and to whom it is given. */
@ServiceTest
class PassesTest {
    @Inject
    SiteConfig site;

    private String issuer;
    private Instant today;

    @BeforeEach
    void note() {
        issuer = site.url().toString();
        today = now();
    }

    @AfterEach
    void backToToday() {
        moveClockTo(today);
    }

    @Nested
    class IsGiven {
        @Test
        void toAReaderWithARight() {
            String reader = inTrial();

            Response answer = bearer(reader).post("/v1/me/passes");

            answer.then()
                    .statusCode(201)
                    .header("Cache-Control", "no-store")
                    .body("pass", notNullValue(), "offlineUntil", nullValue());
            JsonNode claims = claims(answer.path("pass"));
            assertThat(claims.path("iss").asText()).isEqualTo(issuer);
            assertThat(claims.path("aud").asText()).isEqualTo("edge");
            assertThat(claims.path("version").asLong()).isEqualTo(1);
            assertThat(claims.at("/rights/0/basis").asText()).isEqualTo("TRIAL");
            assertThat(claims.at("/rights/0/covers").asText()).isEqualTo("*");
            assertThat(claims.path("rights")).hasSize(1);
            assertThat(Instant.ofEpochSecond(claims.path("exp").asLong()))
                    .isEqualTo(Instant.parse(answer.path("expiresAt")));
        }

        @Test
        void forAnAppWhenItIsAskedFor() {
            Response answer = askForPass(inTrial(), "app");

            answer.then().statusCode(201).body("offlineUntil", notNullValue());
            JsonNode claims = claims(answer.path("pass"));
            assertThat(claims.path("aud").asText()).isEqualTo("app");
            assertThat(Instant.ofEpochSecond(claims.path("offline").asLong()))
                    .isEqualTo(Instant.parse(answer.path("offlineUntil")));
        }

        @Test
        void asWhatItIsByItsHeader() {
            JsonNode header = header(pass(inTrial(), "edge"));

            assertThat(header.path("alg").asText()).isEqualTo("ES256");
            assertThat(header.path("typ").asText()).isEqualTo("entitlement+jwt");
            assertThat(header.path("kid").asText()).isNotBlank();
        }

        @Test
        void underANameThatOnlyWeCanRead() {
            String subject = someone();
            String reader = token(subject);
            String id = bearer(reader)
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
                    .isNotEqualTo(claims(pass(inTrial(), "edge")).path("sub"));
            for (String pass : List.of(forEdge, forApp)) {
                assertThat(claims(pass).toString()).doesNotContain(id, subject, "ida@", "Ida");
            }
        }

        @Test
        void withTheVersionOfThisMoment() {
            String reader = inTrial();
            pass(reader, "edge");

            give(reader, "GIFT", "membership", null);

            assertThat(claims(pass(reader, "edge")).path("version").asLong()).isEqualTo(2);
            assertThat(claims(pass(reader, "edge")).at("/rights/0/basis").asText())
                    .isEqualTo("GIFT");
        }

        @Test
        void andCounted() {
            double before = given("APP");

            pass(inTrial(), "app");

            assertThat(given("APP")).isEqualTo(before + 1);
        }

        private static double given(String audience) {
            String line = "gatefold_passes_total{audience=\"" + audience + "\"} ";
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
    class IsNotGiven {
        @Test
        void toWhoHasNotSignedUp() {
            stranger().post("/v1/me/passes").then().statusCode(404).body("code", is("no-account"));
        }

        @Test
        void toWhoHoldsNothing() {
            bearer(signedUp()).post("/v1/me/passes").then().statusCode(409).body("code", is("nothing-held"));
        }

        @Test
        void toWhoHoldsNothingAnyMore() {
            String reader = inTrial();

            advance(Duration.ofDays(14));

            bearer(reader).post("/v1/me/passes").then().statusCode(409).body("code", is("nothing-held"));
        }

        @Test
        void toAVisitorOrAService() {
            visitor().post("/v1/me/passes").then().statusCode(401);
            withRole("service").post("/v1/me/passes").then().statusCode(403);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"{\"for\": \"television\"}", "{\"for\": \"EDGE\"}", "{\"for\": 1}", "{\"until\": 1}", "["})
        void toWhoAsksForSomethingElse(String body) {
            bearer(inTrial()).body(body).post("/v1/me/passes").then().statusCode(400);
        }
    }

    @Nested
    class Lives {
        /** What is held, until when from now, and what follows; an app's pass may be relied on offline for the rest. */
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
        void neverBeyondWhatIsHeld(String basis, Duration held, Duration edge, Duration app, Duration offline) {
            String reader = signedUp();
            Instant now = now().truncatedTo(ChronoUnit.SECONDS);
            moveClockTo(now);
            give(reader, basis, "membership", held == null ? null : now.plus(held));

            Response forEdge = askForPass(reader, "edge");
            Response forApp = askForPass(reader, "app");

            assertThat(lasts(now, forEdge, "expiresAt", held))
                    .isLessThanOrEqualTo(slack(edge))
                    .isGreaterThanOrEqualTo(edge);
            assertThat(lasts(now, forApp, "expiresAt", held))
                    .isLessThanOrEqualTo(slack(app))
                    .isGreaterThanOrEqualTo(app);
            assertThat(lasts(now, forApp, "offlineUntil", held))
                    .isLessThanOrEqualTo(slack(offline))
                    .isGreaterThanOrEqualTo(offline);
        }

        @Test
        void onWhatIsPaidButNotOnWhatIsOwed() {
            String reader = signedUp();
            Instant now = now();
            give(reader, "GRACE", "membership", now.plus(Duration.ofDays(6)));
            give(reader, "GIFT", "membership", now.plus(Duration.ofDays(3)));

            JsonNode app = claims(pass(reader, "app"));
            JsonNode edge = claims(pass(reader, "edge"));

            assertThat(app.path("offline").asLong())
                    .isEqualTo(now.plus(Duration.ofDays(3)).getEpochSecond());
            assertThat(app.at("/rights/0/basis").asText()).isEqualTo("GIFT");
            assertThat(edge.at("/rights/0/basis").asText()).isEqualTo("GRACE");
        }

        private static Duration lasts(Instant now, Response answer, String member, Duration held) {
            answer.then().statusCode(201);
            Instant end = Instant.parse(answer.path(member));
            if (held != null) {
                assertThat(end).isBeforeOrEqualTo(now.plus(held));
            }
            return Duration.between(now, end);
        }

        /** The clock goes on while readers ask. */
        private static Duration slack(Duration exactly) {
            return exactly.plusSeconds(5);
        }
    }

    /** With a library that the service does not use, and the keys that it publishes. */
    @Nested
    class Proves {
        @Test
        void itselfToWhoeverHasTheKeys() throws Exception {
            String pass = pass(inTrial(), "edge");

            assertThat(at(now()).verify(pass).getSubject())
                    .isEqualTo(claims(pass).path("sub").asText());
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2})
        void nothingOnceAPartWasChanged(int part) {
            String pass = pass(inTrial(), "edge");
            String[] parts = pass.split("\\.");
            byte[] bytes = Base64.getUrlDecoder().decode(parts[part]);
            bytes[bytes.length / 2] ^= 1;
            parts[part] = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

            assertThat(String.join(".", parts)).isNotEqualTo(pass);
            assertThatThrownBy(() -> at(now()).verify(String.join(".", parts)))
                    .isInstanceOfAny(BadJOSEException.class, java.text.ParseException.class);
        }

        @Test
        void nothingOnceItHasExpired() throws Exception {
            String pass = pass(inTrial(), "edge");
            Instant end = Instant.ofEpochSecond(claims(pass).path("exp").asLong());

            assertThat(at(end.minusSeconds(1)).verify(pass)).isNotNull();
            assertThatThrownBy(() -> at(end).verify(pass))
                    .isInstanceOf(BadJWTException.class)
                    .hasMessageContaining("Expired");
        }

        @Test
        void nothingOnceItIsRevoked() throws Exception {
            String reader = inTrial();
            String pass = pass(reader, "edge");
            assertThat(at(now()).verify(pass)).isNotNull();

            takeAll(reader);
            advance(Duration.ofSeconds(2));

            assertThatThrownBy(() -> at(now()).verify(pass))
                    .isInstanceOf(BadJWTException.class)
                    .hasMessage("Revoked");
        }

        @Test
        void nothingToAnotherAudienceOrOfAnotherIssuer() {
            String pass = pass(inTrial(), "edge");

            assertThatThrownBy(() -> new Independent(keys(), revocations(), issuer, "app", now()).verify(pass))
                    .isInstanceOf(BadJWTException.class);
            assertThatThrownBy(() -> new Independent(keys(), revocations(), "https://gate.evil.test", "edge", now())
                            .verify(pass))
                    .isInstanceOf(BadJWTException.class);
        }

        @Test
        void nothingWhereAnotherKeySigned() {
            String pass = pass(inTrial(), "edge");
            String payload = claims(pass).toString();
            SigningKey foreign = PassKey.fresh(now(), now()).signingKey();
            foreign.pair().setKeyId(header(pass).path("kid").asText());

            assertThatThrownBy(() -> at(now()).verify(foreign.sign(payload))).isInstanceOf(BadJWSException.class);
        }

        @Test
        void nothingToTheServiceItself() {
            String pass = pass(inTrial(), "edge");

            bearer(pass).get("/v1/me").then().statusCode(401).body("code", is("unauthenticated"));
            bearer(pass)
                    .queryParam("url", "https://fortune.com/a")
                    .get("/v1/access")
                    .then()
                    .statusCode(401);
        }

        private Independent at(Instant now) {
            return new Independent(keys(), revocations(), issuer, "edge", now);
        }
    }

    @Test
    void theKeysAreForEverybodyAndHoldNothingSecret() {
        visitor()
                .get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("max-age=300"))
                .body("keys[0].kty", is("EC"), "keys[0].crv", is("P-256"), "keys[0].alg", is("ES256"))
                .body("keys[0].use", is("sig"), "keys[0].kid", notNullValue(), "keys[0].d", nullValue());
    }
}
