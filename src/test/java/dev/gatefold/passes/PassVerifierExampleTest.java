package dev.gatefold.passes;

import static dev.gatefold.passes.PassFixtures.claims;
import static dev.gatefold.passes.PassFixtures.endAllEntitlements;
import static dev.gatefold.passes.PassFixtures.grantEntitlement;
import static dev.gatefold.passes.PassFixtures.header;
import static dev.gatefold.passes.PassFixtures.pass;
import static dev.gatefold.passes.PassFixtures.publishedKeys;
import static dev.gatefold.passes.PassFixtures.publishedRevocations;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.serviceNow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.passes.claims.PassClaims;
import dev.gatefold.passes.claims.PassRight;
import dev.gatefold.passes.claims.PassScope;
import dev.gatefold.passes.keys.PassKeyRing;
import dev.gatefold.passes.keys.PassSigningKey;
import dev.gatefold.passes.keys.StoredSigningKey;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.web.SiteConfig;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example verifier for edge workers, run by Node.js with valid, revoked and forged passes. */
@ServiceTest
class PassVerifierExampleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOURCE = "toms-guide";

    @Inject
    SiteConfig site;

    @Inject
    PassKeyRing ring;

    @BeforeAll
    static void requireNode() {
        boolean installed = List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(folder -> new File(folder, "node").canExecute());
        Assumptions.assumeTrue(installed, "NOT TESTED: src/main/edge/verify-pass.js, which needs node on the PATH");
    }

    @Nested
    class VerifierGrantsAccess {
        @Test
        void verifierGrantsCoveredSource() {
            String pass = pass(newTrialToken(), "edge");

            assertGranted(verifierInput(pass), "{'granted':true,'reason':'TRIAL','until':%d}", expiry(pass));
        }

        @Test
        void verifierGrantsUntilEntitlementEnds() {
            String reader = newAccountToken();
            Instant end = serviceNow().plusSeconds(120);
            grantEntitlement(reader, "GIFT", "membership", end);

            assertGranted(
                    verifierInput(pass(reader, "edge")),
                    "{'granted':true,'reason':'GIFT','until':%d}",
                    end.getEpochSecond());
        }

        @Test
        void verifierUsesLongestLastingRight() {
            String pass = signClaims(claims -> claims.putPOJO(
                    "rights",
                    List.of(
                            Map.of("basis", "TRIAL", "covers", "*", "until", 1),
                            Map.of("basis", "GIFT", "covers", "*", "until", 5_000_000_000L),
                            Map.of("basis", "MEMBER", "covers", List.of(SOURCE)))));

            assertGranted(verifierInput(pass), "{'granted':true,'reason':'MEMBER','until':%d}", expiry(pass));
        }

        @Test
        void verifierGrantsHashedSource() {
            String pass = signClaims(claims -> claims.putPOJO(
                    "rights", List.of(Map.of("basis", "PURCHASED", "hashes", hashes("another", SOURCE, "third")))));

            assertGranted(verifierInput(pass), "{'granted':true,'reason':'PURCHASED','until':%d}", expiry(pass));
            assertRejected(verifierInput(pass).put("source", "fourth"), "unlisted");
        }

        @Test
        void verifierGrantsLongerOffline() {
            String reader = newTrialToken();
            String pass = pass(reader, "app");
            long offline = claims(pass).path("offline").asLong();
            ObjectNode later = verifierInput(pass).put("audience", "app").put("now", offline - 1);

            assertRejected(later, "expired");
            assertGranted(later.put("offline", true), "{'granted':true,'reason':'TRIAL','until':%d}", offline);
            assertRejected(later.put("now", offline), "expired");
        }
    }

    @Nested
    class VerifierDefersToApi {
        @Test
        void verifierDefersOnUnlistedSource() {
            String pass = signClaims(claims ->
                    claims.putPOJO("rights", List.of(Map.of("basis", "MEMBER", "covers", List.of("another")))));

            assertRejected(verifierInput(pass), "unlisted");
            assertRejected(verifierInput(signClaims(claims -> claims.putArray("rights"))), "unlisted");
        }

        @Test
        void verifierDefersAfterEntitlementEnd() {
            String pass = signClaims(claims -> claims.putPOJO(
                    "rights",
                    List.of(Map.of(
                            "basis",
                            "MEMBER",
                            "covers",
                            "*",
                            "until",
                            serviceNow().getEpochSecond()))));

            assertRejected(verifierInput(pass), "unlisted");
        }

        @Test
        void verifierDefersOnExcludedSource() {
            assertRejected(
                    verifierInput(signClaims(claims -> claims.putArray("except").add(SOURCE))), "unlisted");
            assertRejected(verifierInput(signClaims(claims -> claims.put("exceptHashes", hashes(SOURCE)))), "unlisted");
            assertGranted(
                    verifierInput(signClaims(claims -> claims.put("exceptHashes", hashes("another")))),
                    "{'granted':true");
        }
    }

    @Nested
    class VerifierRejectsPass {
        @Test
        void verifierRejectsExpiredPass() {
            String pass = pass(newTrialToken(), "edge");

            assertGranted(verifierInput(pass).put("now", expiry(pass) - 1), "{'granted':true");
            assertRejected(verifierInput(pass).put("now", expiry(pass)), "expired");
        }

        @Test
        void verifierRejectsRevokedPass() {
            String reader = newTrialToken();
            String pass = pass(reader, "edge");
            endAllEntitlements(reader);

            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertRejected(verifierInput(pass), "revoked"));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2})
        void verifierRejectsChangedPass(int part) {
            String[] parts = pass(newTrialToken(), "edge").split("\\.");
            byte[] bytes = Base64.getUrlDecoder().decode(parts[part]);
            // a letter of the header or the claims, or a bit of the signature
            int at = part == 2 ? 40 : new String(bytes, StandardCharsets.UTF_8).indexOf(part == 0 ? "typ" : "version");
            bytes[at] ^= 1;
            parts[part] = base64(bytes);

            assertRejected(verifierInput(String.join(".", parts)), "malformed");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "x", "..", "x.y.z", "a.b", "e30.e30.e30", "e30.e30.e30.e30", "bnVsbA.bnVsbA.e30"})
        void verifierRejectsMalformedPass(String text) {
            assertRejected(verifierInput(text), "malformed");
        }

        @Test
        void verifierRejectsPassWithTrailingCharacters() {
            assertRejected(verifierInput(pass(newTrialToken(), "edge") + ".e30"), "malformed");
        }

        @Test
        void verifierRejectsUnknownKey() {
            String claims = claims(pass(newTrialToken(), "edge")).toString();
            PassSigningKey otherKey =
                    StoredSigningKey.generate(serviceNow(), serviceNow()).signingKey();
            assertRejected(verifierInput(otherKey.sign(claims)), "untrusted");

            otherKey.keyPair().setKeyId(ring.signingKey(serviceNow()).kid());
            assertRejected(verifierInput(otherKey.sign(claims)), "malformed");
        }

        @Test
        void verifierRejectsOtherIssuerOrAudience() {
            String pass = pass(newTrialToken(), "edge");

            assertRejected(verifierInput(pass).put("issuer", "https://gate.evil.test"), "untrusted");
            assertRejected(verifierInput(pass).put("audience", "app"), "untrusted");
            assertRejected(
                    verifierInput(signClaims(claims -> claims.put("iss", "https://gate.evil.test"))), "untrusted");
            assertRejected(verifierInput(signClaims(claims -> claims.remove("aud"))), "untrusted");
        }

        @Test
        void verifierRejectsUnsignedPass() {
            assertRejected(
                    verifierInput(signClaims(AlgorithmIdentifiers.NONE, null, PassSigningKey.TYPE)), "malformed");
        }

        @Test
        void verifierRejectsPublicKeyUsedAsHmacSecret() throws JoseException {
            byte[] publicKey = PublicJsonWebKey.Factory.newPublicJwk(
                            tree(publishedKeys()).at("/keys/0").toString())
                    .getPublicKey()
                    .getEncoded();
            String pass = signClaims(AlgorithmIdentifiers.HMAC_SHA256, new HmacKey(publicKey), PassSigningKey.TYPE);

            assertRejected(verifierInput(pass), "malformed");
        }

        @ParameterizedTest
        @ValueSource(strings = {"JWT", "at+jwt"})
        void verifierRejectsOtherTokenType(String type) {
            Key key = ring.signingKey(serviceNow()).keyPair().getPrivateKey();

            assertRejected(
                    verifierInput(signClaims(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256, key, type)),
                    "malformed");
        }

        @Test
        void verifierRejectsAccessToken() {
            assertRejected(verifierInput(issueToken(newSubject())), "malformed");
        }
    }

    private ObjectNode verifierInput(String pass) {
        return JSON.createObjectNode()
                .put("pass", pass)
                .put("issuer", site.url().toString())
                .put("audience", "edge")
                .put("source", SOURCE)
                .put("now", serviceNow().getEpochSecond())
                .<ObjectNode>set("jwks", tree(publishedKeys()))
                .set("revocations", tree(publishedRevocations()));
    }

    /** Returns a pass with changed claims, signed with the key of the service. */
    private String signClaims(Consumer<ObjectNode> change) {
        ObjectNode claims = (ObjectNode) claims(pass(newTrialToken(), "edge"));
        change.accept(claims);
        return ring.signingKey(serviceNow()).sign(claims.toString());
    }

    /** Returns the claims of a valid pass, signed with another algorithm, key or type. */
    private static String signClaims(String algorithm, Key key, String type) {
        String valid = pass(newTrialToken(), "edge");
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(claims(valid).toString());
            signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            signature.setAlgorithmHeaderValue(algorithm);
            signature.setHeader("typ", type);
            signature.setKeyIdHeaderValue(header(valid).path("kid").asText());
            signature.setKey(key);
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static long expiry(String pass) {
        return claims(pass).path("exp").asLong();
    }

    private static String hashes(String... slugs) {
        PassRight right = new PassRight(EntitlementBasis.GIFT, Instant.MAX, Optional.of(Set.of(slugs)));
        Map<String, Object> claims = PassClaims.largestFitting(
                new PassScope(List.of(right), Set.of()), it -> it.toString().contains("hashes"));
        return JSON.valueToTree(claims).at("/rights/0/hashes").asText();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void assertRejected(ObjectNode input, String reason) {
        assertThat(runVerifier(input)).isEqualTo("{\"granted\":false,\"reason\":\"" + reason + "\"}");
    }

    private static void assertGranted(ObjectNode input, String expected, Object... values) {
        assertThat(runVerifier(input)).startsWith(expected.replace('\'', '"').formatted(values));
    }

    private static String runVerifier(ObjectNode input) {
        try {
            Process node = new ProcessBuilder("node", "src/test/edge/verify.js")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var stdin = node.getOutputStream()) {
                stdin.write(JSON.writeValueAsBytes(List.of(input)));
            }
            String results = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return tree(results).path(0).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
