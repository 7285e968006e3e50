package dev.gatefold.web.security;

import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.gatefold.sandbox.issuer.SandboxTokenSigner;
import dev.gatefold.testing.SandboxTestResource;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.TestCallers;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Accepted and rejected bearer tokens. */
@ServiceTest
class BearerTokenTest {
    private static final SandboxTokenSigner ISSUER = SandboxTokenSigner.withKeyFile(SandboxTestResource.KEY);

    @Inject
    VerifiedTokenCache remembered;

    @Inject
    IssuerKeyWatcher keys;

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    String issuer;

    enum TokenFault {
        FOREIGN_ISSUER(claims -> claims.setIssuer("https://issuer.evil.test")),
        NO_ISSUER(claims -> claims.unsetClaim("iss")),
        FOREIGN_AUDIENCE(claims -> claims.setAudience("another-service")),
        NO_AUDIENCE(claims -> claims.unsetClaim("aud")),
        EXPIRED(claims -> claims.setExpirationTime(seconds(-61))),
        NO_END(claims -> claims.unsetClaim("exp")),
        NOT_YET(claims -> claims.setNotBefore(seconds(120))),
        NO_SUBJECT(claims -> claims.unsetClaim("sub")),
        ID_TOKEN_BY_NONCE(claims -> claims.setClaim("nonce", "n")),
        ID_TOKEN_BY_HASH(claims -> claims.setClaim("at_hash", "h")),
        ID_TOKEN_BY_TYPE(claims -> claims.setClaim("typ", "ID"));

        private final Consumer<JwtClaims> makes;

        TokenFault(Consumer<JwtClaims> makes) {
            this.makes = makes;
        }
    }

    @Test
    void validTokenIsAccepted() {
        withBearerToken(ISSUER.sign(claims(), "at+jwt"))
                .get("/v1/me")
                .then()
                .statusCode(404)
                .body("code", is("no-account"));
    }

    @Test
    void clockSkewOfOneMinuteIsAccepted() {
        JwtClaims late = claims();
        late.setExpirationTime(seconds(-30));
        JwtClaims early = claims();
        early.setNotBefore(seconds(30));

        withBearerToken(ISSUER.sign(late, "at+jwt")).get("/v1/me").then().statusCode(404);
        withBearerToken(ISSUER.sign(early, "at+jwt")).get("/v1/me").then().statusCode(404);
    }

    @ParameterizedTest
    @EnumSource
    void invalidClaimsAreRejected(TokenFault fault) {
        JwtClaims claims = claims();
        fault.makes.accept(claims);

        assertTokenRejected(ISSUER.sign(claims, "at+jwt"));
    }

    @Test
    void tokenOfUnknownKeyIsRejected() {
        assertTokenRejected(SandboxTokenSigner.withNewKey().sign(claims(), "at+jwt"));
    }

    @Test
    void unsignedTokenIsRejected() {
        assertTokenRejected(sign(AlgorithmIdentifiers.NONE, null));
    }

    @Test
    void tokenSignedWithPublicKeyAsHmacSecretIsRejected() {
        byte[] publicKey = ISSUER.key().getPublicKey().getEncoded();

        assertTokenRejected(sign(AlgorithmIdentifiers.HMAC_SHA256, new HmacKey(publicKey)));
    }

    @Test
    void changedTokenIsRejected() {
        String token = ISSUER.sign(claims(), "at+jwt");
        String[] parts = token.split("\\.");
        String changed = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("\"groups\":[]", "\"groups\":[\"admin\"]");
        String payload =
                Base64.getUrlEncoder().withoutPadding().encodeToString(changed.getBytes(StandardCharsets.UTF_8));

        assertThat(payload).isNotEqualTo(parts[1]);
        assertTokenRejected(parts[0] + "." + payload + "." + parts[2]);
    }

    @Test
    void malformedTokenIsRejected() {
        for (String token : List.of("x", "x.y.z", "..", "a".repeat(13_000), "ä")) {
            withBearerToken(token).get("/v1/me").then().statusCode(401);
        }
    }

    @Test
    void invalidTokenIsRejectedOnPublicEndpoint() {
        withBearerToken("x.y.z")
                .queryParam("url", TestCallers.OPEN)
                .get("/v1/access")
                .then()
                .statusCode(401);
    }

    @Test
    void rejectionRevealsNothingAboutToken() {
        String token = ISSUER.sign(expired(), "at+jwt");

        withBearerToken(token)
                .get("/v1/me")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", is("Bearer"))
                .body(not(containsString(token.substring(0, 20))))
                .body(not(containsString("Exception")));
    }

    @Test
    void roleEndpointRequiresRole() {
        for (String role : List.of("reader", "service", "support")) {
            withBearerToken(issueToken(newSubject(), role))
                    .contentType("text/tab-separated-values")
                    .body("x")
                    .put("/admin/v1/sources")
                    .then()
                    .statusCode(403)
                    .body("code", is("forbidden"));
        }
        visitor()
                .contentType("text/tab-separated-values")
                .body("x")
                .put("/admin/v1/sources")
                .then()
                .statusCode(401);
    }

    @Test
    void verifiedTokenIsCachedUntilKeyIsRevoked() {
        String token = ISSUER.sign(claims(), "at+jwt");
        withBearerToken(token).get("/v1/me").then().statusCode(404);
        assertThat(remembered.find(token)).isPresent();

        remembered.retainSignedWith(Set.of(ISSUER.key().getKeyId(), "another"));
        assertThat(remembered.find(token)).isPresent();

        remembered.retainSignedWith(Set.of("another"));
        assertThat(remembered.find(token)).isEmpty();
    }

    @Test
    void issuerKeysAreRefreshedInBackground() {
        String foreign = SandboxTokenSigner.withNewKey().sign(claims(), "at+jwt");
        remembered.put(foreign, null, "a key that the issuer no longer has", Long.MAX_VALUE / 2);

        keys.refresh().await().indefinitely();

        assertThat(remembered.find(foreign)).isEmpty();
    }

    private static void assertTokenRejected(String token) {
        // twice, lest the first refusal be remembered as something else
        for (int i = 0; i < 2; i++) {
            withBearerToken(token).get("/v1/me").then().statusCode(401).body("code", is("unauthenticated"));
        }
    }

    private JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setSubject(UUID.randomUUID().toString());
        claims.setAudience("gatefold");
        claims.setIssuedAt(seconds(-900));
        claims.setExpirationTime(seconds(600));
        claims.setStringListClaim("groups", List.of());
        return claims;
    }

    private JwtClaims expired() {
        JwtClaims claims = claims();
        claims.setExpirationTime(seconds(-600));
        return claims;
    }

    private static NumericDate seconds(long fromNow) {
        return NumericDate.fromSeconds(Clock.systemUTC().instant().getEpochSecond() + fromNow);
    }

    private String sign(String algorithm, Key key) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(claims().toJson());
            signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            signature.setAlgorithmHeaderValue(algorithm);
            signature.setKeyIdHeaderValue(ISSUER.key().getKeyId());
            signature.setKey(key);
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
