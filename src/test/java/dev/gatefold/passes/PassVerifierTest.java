package dev.gatefold.passes;

import static dev.gatefold.Actors.inTrial;
import static dev.gatefold.Actors.now;
import static dev.gatefold.Actors.signedUp;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.token;
import static dev.gatefold.passes.Bearers.claims;
import static dev.gatefold.passes.Bearers.give;
import static dev.gatefold.passes.Bearers.header;
import static dev.gatefold.passes.Bearers.keys;
import static dev.gatefold.passes.Bearers.pass;
import static dev.gatefold.passes.Bearers.revocations;
import static dev.gatefold.passes.Bearers.takeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.ServiceTest;
import dev.gatefold.entitlements.Basis;
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

/** The example for an edge worker, run by node: real passes of the service, and what is none. */
@ServiceTest
class PassVerifierTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TITLE = "toms-guide";

    @Inject
    SiteConfig site;

    @Inject
    KeyRing ring;

    @BeforeAll
    static void nodeIsThere() {
        boolean there = List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(folder -> new File(folder, "node").canExecute());
        Assumptions.assumeTrue(there, "NOT TESTED: src/main/edge/verify-pass.js, since there is no node on the PATH");
    }

    @Nested
    class Grants {
        @Test
        void whatThePassCovers() {
            String pass = pass(inTrial(), "edge");

            isAnswered(question(pass), "{'granted':true,'reason':'TRIAL','until':%d}", expiry(pass));
        }

        @Test
        void untilTheRightEndsWhereThatIsBeforeThePassDoes() {
            String reader = signedUp();
            Instant end = now().plusSeconds(120);
            give(reader, "GIFT", "membership", end);

            isAnswered(
                    question(pass(reader, "edge")),
                    "{'granted':true,'reason':'GIFT','until':%d}",
                    end.getEpochSecond());
        }

        @Test
        void byTheRightThatLastsLongest() {
            String pass = signed(claims -> claims.putPOJO(
                    "rights",
                    List.of(
                            Map.of("basis", "TRIAL", "covers", "*", "until", 1),
                            Map.of("basis", "GIFT", "covers", "*", "until", 5_000_000_000L),
                            Map.of("basis", "MEMBER", "covers", List.of(TITLE)))));

            isAnswered(question(pass), "{'granted':true,'reason':'MEMBER','until':%d}", expiry(pass));
        }

        @Test
        void whatIsSaidByHashes() {
            String pass = signed(claims -> claims.putPOJO(
                    "rights", List.of(Map.of("basis", "PURCHASED", "hashes", hashes("another", TITLE, "third")))));

            isAnswered(question(pass), "{'granted':true,'reason':'PURCHASED','until':%d}", expiry(pass));
            isRefused(question(pass).put("source", "fourth"), "ask");
        }

        @Test
        void offlineForLongerToWhoSaysSo() {
            String reader = inTrial();
            String pass = pass(reader, "app");
            long offline = claims(pass).path("offline").asLong();
            ObjectNode later = question(pass).put("audience", "app").put("now", offline - 1);

            isRefused(later, "expired");
            isAnswered(later.put("offline", true), "{'granted':true,'reason':'TRIAL','until':%d}", offline);
            isRefused(later.put("now", offline), "expired");
        }
    }

    @Nested
    class Asks {
        @Test
        void whereThePassSaysNothing() {
            String pass = signed(claims ->
                    claims.putPOJO("rights", List.of(Map.of("basis", "MEMBER", "covers", List.of("another")))));

            isRefused(question(pass), "ask");
            isRefused(question(signed(claims -> claims.putArray("rights"))), "ask");
        }

        @Test
        void whereTheRightHasEnded() {
            String pass = signed(claims -> claims.putPOJO(
                    "rights", List.of(Map.of("basis", "MEMBER", "covers", "*", "until", now().getEpochSecond()))));

            isRefused(question(pass), "ask");
        }

        @Test
        void whereTheTitleIsExcepted() {
            isRefused(question(signed(claims -> claims.putArray("except").add(TITLE))), "ask");
            isRefused(question(signed(claims -> claims.put("exceptHashes", hashes(TITLE)))), "ask");
            isAnswered(question(signed(claims -> claims.put("exceptHashes", hashes("another")))), "{'granted':true");
        }
    }

    @Nested
    class Refuses {
        @Test
        void whatHasExpired() {
            String pass = pass(inTrial(), "edge");

            isAnswered(question(pass).put("now", expiry(pass) - 1), "{'granted':true");
            isRefused(question(pass).put("now", expiry(pass)), "expired");
        }

        @Test
        void whatIsRevoked() {
            String reader = inTrial();
            String pass = pass(reader, "edge");
            takeAll(reader);

            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> isRefused(question(pass), "revoked"));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2})
        void whatWasChangedInAnyPart(int part) {
            String[] parts = pass(inTrial(), "edge").split("\\.");
            byte[] bytes = Base64.getUrlDecoder().decode(parts[part]);
            // a letter of the header's, one of the claims', and a bit of the signature
            int at = part == 2 ? 40 : new String(bytes, StandardCharsets.UTF_8).indexOf(part == 0 ? "typ" : "version");
            bytes[at] ^= 1;
            parts[part] = base64(bytes);

            isRefused(question(String.join(".", parts)), "forged");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "x", "..", "x.y.z", "a.b", "e30.e30.e30", "e30.e30.e30.e30", "bnVsbA.bnVsbA.e30"})
        void whatIsNoPass(String text) {
            isRefused(question(text), "forged");
        }

        @Test
        void aPassWithALongerTail() {
            isRefused(question(pass(inTrial(), "edge") + ".e30"), "forged");
        }

        @Test
        void whatAnotherKeySigned() {
            String claims = claims(pass(inTrial(), "edge")).toString();
            SigningKey foreign = PassKey.fresh(now(), now()).signingKey();
            isRefused(question(foreign.sign(claims)), "foreign");

            foreign.pair().setKeyId(ring.signing(now()).kid());
            isRefused(question(foreign.sign(claims)), "forged");
        }

        @Test
        void whatIsOfAnotherIssuerOrForAnotherAudience() {
            String pass = pass(inTrial(), "edge");

            isRefused(question(pass).put("issuer", "https://gate.evil.test"), "foreign");
            isRefused(question(pass).put("audience", "app"), "foreign");
            isRefused(question(signed(claims -> claims.put("iss", "https://gate.evil.test"))), "foreign");
            isRefused(question(signed(claims -> claims.remove("aud"))), "foreign");
        }

        @Test
        void whatIsNotSigned() {
            isRefused(question(signed(AlgorithmIdentifiers.NONE, null, SigningKey.TYPE)), "forged");
        }

        @Test
        void whatIsSignedWithThePublicKeyAsASecret() throws JoseException {
            byte[] publicKey = PublicJsonWebKey.Factory.newPublicJwk(
                            tree(keys()).at("/keys/0").toString())
                    .getPublicKey()
                    .getEncoded();
            String pass = signed(AlgorithmIdentifiers.HMAC_SHA256, new HmacKey(publicKey), SigningKey.TYPE);

            isRefused(question(pass), "forged");
        }

        @ParameterizedTest
        @ValueSource(strings = {"JWT", "at+jwt"})
        void whatIsSomethingElseSignedWithOurKey(String type) {
            Key key = ring.signing(now()).pair().getPrivateKey();

            isRefused(question(signed(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256, key, type)), "forged");
        }

        @Test
        void anAccessToken() {
            isRefused(question(token(someone())), "forged");
        }
    }

    private ObjectNode question(String pass) {
        return JSON.createObjectNode()
                .put("pass", pass)
                .put("issuer", site.url().toString())
                .put("audience", "edge")
                .put("source", TITLE)
                .put("now", now().getEpochSecond())
                .<ObjectNode>set("jwks", tree(keys()))
                .set("revocations", tree(revocations()));
    }

    /** A pass with other claims, signed with the service's own key. */
    private String signed(Consumer<ObjectNode> change) {
        ObjectNode claims = (ObjectNode) claims(pass(inTrial(), "edge"));
        change.accept(claims);
        return ring.signing(now()).sign(claims.toString());
    }

    /** The claims of a good pass, signed otherwise. */
    private static String signed(String algorithm, Key key, String type) {
        String good = pass(inTrial(), "edge");
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(claims(good).toString());
            signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            signature.setAlgorithmHeaderValue(algorithm);
            signature.setHeader("typ", type);
            signature.setKeyIdHeaderValue(header(good).path("kid").asText());
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
        Covered right = new Covered(Basis.GIFT, Instant.MAX, Optional.of(Set.of(slugs)));
        Map<String, Object> claims = Wording.of(
                new Extent(List.of(right), Set.of()), it -> it.toString().contains("hashes"));
        return JSON.valueToTree(claims).at("/rights/0/hashes").asText();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void isRefused(ObjectNode question, String why) {
        assertThat(answer(question)).isEqualTo("{\"granted\":false,\"why\":\"" + why + "\"}");
    }

    private static void isAnswered(ObjectNode question, String expected, Object... values) {
        assertThat(answer(question)).startsWith(expected.replace('\'', '"').formatted(values));
    }

    private static String answer(ObjectNode question) {
        try {
            Process node = new ProcessBuilder("node", "src/test/edge/verify.js")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var questions = node.getOutputStream()) {
                questions.write(JSON.writeValueAsBytes(List.of(question)));
            }
            String answers = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return tree(answers).path(0).toString();
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
