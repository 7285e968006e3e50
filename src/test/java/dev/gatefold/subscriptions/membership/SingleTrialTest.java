package dev.gatefold.subscriptions.membership;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.gatefold.accounts.keys.HmacKey;
import dev.gatefold.sandbox.issuer.SandboxIssuer;
import dev.gatefold.sandbox.issuer.SandboxTokenSigner;
import dev.gatefold.testing.SandboxTestResource;
import dev.gatefold.testing.ServiceTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** One free trial per person, also after erasure and for a second identity with the same verified email address. */
@ServiceTest
class SingleTrialTest {
    private static final SandboxTokenSigner ISSUER = SandboxTokenSigner.withKeyFile(SandboxTestResource.KEY);

    @Inject
    Session database;

    @Inject
    HmacKey key;

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    String issuer;

    private static void signUp(String token, boolean startTrial) {
        withBearerToken(token)
                .body(Map.of("startTrial", startTrial))
                .post("/v1/accounts")
                .then()
                .statusCode(201);
    }

    private static void signInAgain(String token) {
        withBearerToken(token).post("/v1/accounts").then().statusCode(200);
    }

    private static ValidatableResponse startTrial(String token) {
        return withBearerToken(token).post("/v1/me/trial").then();
    }

    private static void erase(String token) {
        withBearerToken(token).delete("/v1/me").then().statusCode(202);
    }

    private static ValidatableResponse checkAccess(String token) {
        return withBearerToken(token)
                .queryParam("url", MEMBERS_ONLY)
                .get("/v1/access")
                .then()
                .statusCode(200);
    }

    /** Returns a token of a new identity with an email address, verified or not. */
    private String tokenWithEmail(String email, Object verified) {
        return tokenWithEmail(newSubject(), email, verified);
    }

    private String tokenWithEmail(String subject, String email, Object verified) {
        long now = Clock.systemUTC().instant().getEpochSecond();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setSubject(subject);
        claims.setAudience(SandboxIssuer.AUDIENCE);
        claims.setIssuedAt(NumericDate.fromSeconds(now));
        claims.setExpirationTime(NumericDate.fromSeconds(now + 600));
        claims.setClaim("email", email);
        claims.setClaim("email_verified", verified);
        return ISSUER.sign(claims, "at+jwt");
    }

    private static String newEmailAddress() {
        return UUID.randomUUID() + "@example.com";
    }

    @Nested
    class ReturningReader {
        @Test
        void returningReaderGetsNoSecondTrial() {
            String reader = issueToken(newSubject());
            signUp(reader, true);
            erase(reader);

            checkAccess(reader).body("offers[0].kind", is("SIGN_UP"), "offers[0]", not(hasKey("trialDays")));
            signUp(reader, true);

            checkAccess(reader).body("granted", is(false), "offers.kind", is(List.of("SUBSCRIBE")));
            startTrial(reader).statusCode(409).body("code", is("trial-already-used"));
            withBearerToken(reader).get("/v1/me/membership").then().body("state", is("NONE"), "trial", nullValue());
        }

        @Test
        void trialBeforeRedemptionRecordsIsRecognised() {
            String reader = issueToken(newSubject());
            signUp(reader, true);
            QuarkusTransaction.requiringNew()
                    .run(() -> database.createNativeMutationQuery("delete from trial_redemption")
                            .executeUpdate());
            startTrial(reader).statusCode(409);
            erase(reader);

            signUp(reader, false);

            startTrial(reader).statusCode(409).body("code", is("trial-already-used"));
        }

        @Test
        void returningReaderCanStartUnusedTrial() {
            String reader = issueToken(newSubject());
            signUp(reader, false);
            erase(reader);

            checkAccess(reader).body("offers[0].kind", is("SIGN_UP"), "offers[0].trialDays", is(14));
            signUp(reader, false);

            checkAccess(reader).body("offers.kind", is(List.of("START_TRIAL", "SUBSCRIBE")));
            startTrial(reader).statusCode(201);
        }
    }

    @Nested
    class SecondIdentity {
        @Test
        void verifiedEmailIsRecognisedInAnySpelling() {
            String email = newEmailAddress();
            String reader = tokenWithEmail(email, true);
            signUp(reader, true);
            erase(reader);
            String again = tokenWithEmail(email.toUpperCase(Locale.ROOT), true);

            signUp(again, true);

            checkAccess(again).body("granted", is(false), "offers.kind", is(List.of("SUBSCRIBE")));
            startTrial(again).statusCode(409).body("code", is("trial-already-used"));
        }

        @Test
        void unverifiedEmailDoesNotBlockTrial() {
            String email = newEmailAddress();
            signUp(tokenWithEmail(email, true), true);

            for (Object verified : List.of(false, "false")) {
                String other = tokenWithEmail(email, verified);
                signUp(other, false);
                startTrial(other).statusCode(201);
            }
        }

        @Test
        void verifiedEmailInTextIsRecognised() {
            String email = newEmailAddress();
            signUp(tokenWithEmail(email, "true"), true);
            String other = tokenWithEmail(email, true);

            signUp(other, false);

            startTrial(other).statusCode(409).body("code", is("trial-already-used"));
        }

        @Test
        void differentSpellingOfOneMailboxIsRecognised() {
            String name = "zoe" + UUID.randomUUID().toString().replace("-", "");
            String reader = tokenWithEmail(name + "+trial@googlemail.com", true);
            signUp(reader, true);
            erase(reader);
            String again = tokenWithEmail("Z.oe." + name.substring(3) + "@gmail.com", true);

            signUp(again, true);

            checkAccess(again).body("granted", is(false), "offers.kind", is(List.of("SUBSCRIBE")));
            startTrial(again).statusCode(409).body("code", is("trial-already-used"));
        }

        @Test
        void hashOfUnfoldedAddressIsRecognised() {
            String address = "zoe." + UUID.randomUUID() + "+news@gmail.com";
            QuarkusTransaction.requiringNew()
                    .run(() -> database.createNativeMutationQuery(
                                    "insert into trial_redemption (person_hash) values (:hash)")
                            .setParameter("hash", key.mac(("person email " + address).getBytes(StandardCharsets.UTF_8)))
                            .executeUpdate());
            String reader = tokenWithEmail(address, true);

            signUp(reader, true);

            checkAccess(reader).body("granted", is(false), "offers.kind", is(List.of("SUBSCRIBE")));
            startTrial(reader).statusCode(409);
        }

        @Test
        void typedEmailDoesNotConsumeTrialOfItsOwner() {
            String email = newEmailAddress();
            withBearerToken(issueToken(newSubject()))
                    .body(Map.of("email", email, "startTrial", true))
                    .post("/v1/accounts")
                    .then()
                    .statusCode(201);
            String owner = tokenWithEmail(email, true);

            signUp(owner, false);

            checkAccess(owner).body("offers[0].kind", is("START_TRIAL"));
            startTrial(owner).statusCode(201);
        }

        @Test
        void trialCountsForAddressThatIsVerifiedLater() {
            String email = newEmailAddress();
            String subject = newSubject();
            signUp(tokenWithEmail(subject, email, false), true);
            signInAgain(tokenWithEmail(subject, email, true));
            String other = tokenWithEmail(email, true);

            signUp(other, false);

            checkAccess(other).body("offers.kind", is(List.of("SUBSCRIBE")));
            startTrial(other).statusCode(409).body("code", is("trial-already-used"));
        }

        @Test
        void addressThatIsVerifiedLaterIsRecognised() {
            String email = newEmailAddress();
            String subject = newSubject();
            signUp(tokenWithEmail(subject, email, false), false);
            checkAccess(tokenWithEmail(subject, email, false)).body("offers[0].kind", is("START_TRIAL"));
            signUp(tokenWithEmail(email, true), true);
            String reader = tokenWithEmail(subject, email, true);

            signInAgain(reader);

            checkAccess(reader).body("offers.kind", is(List.of("SUBSCRIBE")));
            startTrial(reader).statusCode(409).body("code", is("trial-already-used"));
        }

        @Test
        void trialCountsForEachLaterAddress() {
            String subject = newSubject();
            String second = newEmailAddress();
            signUp(tokenWithEmail(subject, newEmailAddress(), true), true);
            signInAgain(tokenWithEmail(subject, second, true));
            String other = tokenWithEmail(second, true);

            signUp(other, false);

            startTrial(other).statusCode(409);
        }

        @Test
        void newAddressDoesNotReturnTheTrialOfARecognisedReader() {
            String email = newEmailAddress();
            String subject = newSubject();
            signUp(tokenWithEmail(email, true), true);
            signUp(tokenWithEmail(subject, email, true), false);
            String reader = tokenWithEmail(subject, newEmailAddress(), true);

            signInAgain(reader);

            startTrial(reader).statusCode(409);
        }

        @RepeatedTest(5)
        void verificationDuringTrialStartCounts() throws Exception {
            String email = newEmailAddress();
            String subject = newSubject();
            String unverified = tokenWithEmail(subject, email, false);
            signUp(unverified, false);
            Callable<Integer> start = () -> startTrial(unverified).extract().statusCode();
            Callable<Integer> verify = () -> withBearerToken(tokenWithEmail(subject, email, true))
                    .post("/v1/accounts")
                    .statusCode();

            try (var threads = Executors.newFixedThreadPool(2)) {
                assertThat(threads.invokeAll(List.of(start, verify)).stream().map(Future::resultNow))
                        .containsExactly(201, 200);
            }
            String other = tokenWithEmail(email, true);
            signUp(other, false);
            startTrial(other).statusCode(409);
        }

        @Test
        void concurrentTrialStartsGiveOneTrial() throws Exception {
            String email = newEmailAddress();
            List<String> names =
                    Stream.generate(() -> tokenWithEmail(email, true)).limit(8).toList();
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
