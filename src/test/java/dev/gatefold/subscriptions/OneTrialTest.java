package dev.gatefold.subscriptions;

import static dev.gatefold.Actors.MEMBERS_ONLY;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.gatefold.Sandbox;
import dev.gatefold.ServiceTest;
import dev.gatefold.sandbox.Issuer;
import dev.gatefold.sandbox.Signer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.Session;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The free trial is once for a person, whatever becomes of the account. */
@ServiceTest
class OneTrialTest {
    private static final Signer ISSUER = Signer.kept(Sandbox.KEY);

    @Inject
    Session database;

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    String issuer;

    private static void signUp(String token, boolean startTrial) {
        bearer(token)
                .body(Map.of("startTrial", startTrial))
                .post("/v1/accounts")
                .then()
                .statusCode(201);
    }

    private static ValidatableResponse startTrial(String token) {
        return bearer(token).post("/v1/me/trial").then();
    }

    private static void erase(String token) {
        bearer(token).delete("/v1/me").then().statusCode(202);
    }

    private static ValidatableResponse access(String token) {
        return bearer(token)
                .queryParam("url", MEMBERS_ONLY)
                .get("/v1/access")
                .then()
                .statusCode(200);
    }

    /** Whoever the issuer has, with an address that it has verified, or has not. */
    private String known(String email, Object verified) {
        long now = Clock.systemUTC().instant().getEpochSecond();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setSubject(someone());
        claims.setAudience(Issuer.AUDIENCE);
        claims.setIssuedAt(NumericDate.fromSeconds(now));
        claims.setExpirationTime(NumericDate.fromSeconds(now + 600));
        claims.setClaim("email", email);
        claims.setClaim("email_verified", verified);
        return ISSUER.sign(claims, "at+jwt");
    }

    private static String address() {
        return UUID.randomUUID() + "@example.com";
    }

    @Nested
    class WhoComesBack {
        @Test
        void isOfferedNoTrialAndGetsNone() {
            String reader = token(someone());
            signUp(reader, true);
            erase(reader);

            access(reader).body("offers[0].kind", is("SIGN_UP"), "offers[0]", not(hasKey("trialDays")));
            signUp(reader, true);

            access(reader).body("granted", is(false), "offers.kind", is(List.of("SUBSCRIBE")));
            startTrial(reader).statusCode(409).body("code", is("trial-already-used"));
            bearer(reader).get("/v1/me/membership").then().body("state", is("NONE"), "trial", nullValue());
        }

        @Test
        void isOfferedNoneThoughTheTrialIsFromBeforeSuchThingsWereNoted() {
            String reader = token(someone());
            signUp(reader, true);
            QuarkusTransaction.requiringNew()
                    .run(() -> database.createNativeMutationQuery("delete from trial_taken")
                            .executeUpdate());
            startTrial(reader).statusCode(409);
            erase(reader);

            signUp(reader, false);

            startTrial(reader).statusCode(409).body("code", is("trial-already-used"));
        }

        @Test
        void mayHaveTheTrialThatWasNeverTaken() {
            String reader = token(someone());
            signUp(reader, false);
            erase(reader);

            access(reader).body("offers[0].kind", is("SIGN_UP"), "offers[0].trialDays", is(14));
            signUp(reader, false);

            access(reader).body("offers.kind", is(List.of("START_TRIAL", "SUBSCRIBE")));
            startTrial(reader).statusCode(201);
        }
    }

    @Nested
    class UnderAnotherName {
        @Test
        void aVerifiedAddressIsKnownAgainHoweverItIsWritten() {
            String email = address();
            String reader = known(email, true);
            signUp(reader, true);
            erase(reader);
            String again = known(email.toUpperCase(Locale.ROOT), true);

            signUp(again, true);

            access(again).body("granted", is(false), "offers.kind", is(List.of("SUBSCRIBE")));
            startTrial(again).statusCode(409).body("code", is("trial-already-used"));
        }

        @Test
        void anAddressThatNobodyHasVerifiedProvesNothing() {
            String email = address();
            signUp(known(email, true), true);

            for (Object verified : List.of(false, "true")) {
                String other = known(email, verified);
                signUp(other, false);
                startTrial(other).statusCode(201);
            }
        }

        @Test
        void whoeverTypesAnAddressTakesNobodysTrial() {
            String email = address();
            bearer(token(someone()))
                    .body(Map.of("email", email, "startTrial", true))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(201);
            String owner = known(email, true);

            signUp(owner, false);

            access(owner).body("offers[0].kind", is("START_TRIAL"));
            startTrial(owner).statusCode(201);
        }

        @Test
        void manyAtOnceAreOneTrial() throws Exception {
            String email = address();
            List<String> names =
                    Stream.generate(() -> known(email, true)).limit(8).toList();
            names.forEach(name -> signUp(name, false));
            List<Callable<Integer>> starts = names.stream()
                    .map(name ->
                            (Callable<Integer>) () -> startTrial(name).extract().statusCode())
                    .toList();

            try (var threads = Executors.newFixedThreadPool(8)) {
                assertThat(threads.invokeAll(starts).stream().map(Future::resultNow))
                        .containsOnlyOnce(201)
                        .containsOnly(201, 409);
            }
        }
    }
}
