package dev.gatefold.web;

import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.token;
import static dev.gatefold.Actors.visitor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.gatefold.Actors;
import dev.gatefold.Sandbox;
import dev.gatefold.ServiceTest;
import dev.gatefold.sandbox.Signer;
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

/** Tokens that prove who somebody is, and tokens that do not. */
@ServiceTest
class TokensTest {
    private static final Signer ISSUER = Signer.kept(Sandbox.KEY);

    @Inject
    RememberedTokens remembered;

    @Inject
    IssuerKeys keys;

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    String issuer;

    enum Fault {
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

        Fault(Consumer<JwtClaims> makes) {
            this.makes = makes;
        }
    }

    @Test
    void aTokenOfTheIssuersIsTaken() {
        bearer(ISSUER.sign(claims(), "at+jwt"))
                .get("/v1/me")
                .then()
                .statusCode(404)
                .body("code", is("no-account"));
    }

    @Test
    void aMinuteOfSkewIsForgiven() {
        JwtClaims late = claims();
        late.setExpirationTime(seconds(-30));
        JwtClaims early = claims();
        early.setNotBefore(seconds(30));

        bearer(ISSUER.sign(late, "at+jwt")).get("/v1/me").then().statusCode(404);
        bearer(ISSUER.sign(early, "at+jwt")).get("/v1/me").then().statusCode(404);
    }

    @ParameterizedTest
    @EnumSource
    void aTokenWithAFaultIsRefused(Fault fault) {
        JwtClaims claims = claims();
        fault.makes.accept(claims);

        isRefused(ISSUER.sign(claims, "at+jwt"));
    }

    @Test
    void aTokenSignedWithAnotherKeyIsRefused() {
        isRefused(Signer.fresh().sign(claims(), "at+jwt"));
    }

    @Test
    void aTokenThatIsNotSignedIsRefused() {
        isRefused(sign(AlgorithmIdentifiers.NONE, null));
    }

    @Test
    void aTokenSignedWithThePublicKeyAsASecretIsRefused() {
        byte[] publicKey = ISSUER.key().getPublicKey().getEncoded();

        isRefused(sign(AlgorithmIdentifiers.HMAC_SHA256, new HmacKey(publicKey)));
    }

    @Test
    void aTokenThatWasChangedIsRefused() {
        String token = ISSUER.sign(claims(), "at+jwt");
        String[] parts = token.split("\\.");
        String changed = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("\"groups\":[]", "\"groups\":[\"admin\"]");
        String payload =
                Base64.getUrlEncoder().withoutPadding().encodeToString(changed.getBytes(StandardCharsets.UTF_8));

        assertThat(payload).isNotEqualTo(parts[1]);
        isRefused(parts[0] + "." + payload + "." + parts[2]);
    }

    @Test
    void whatIsNoTokenIsRefused() {
        for (String token : List.of("x", "x.y.z", "..", "a".repeat(13_000), "ä")) {
            bearer(token).get("/v1/me").then().statusCode(401);
        }
    }

    @Test
    void aBadTokenIsToldAlsoWhereNoneIsNeeded() {
        bearer("x.y.z").queryParam("url", Actors.OPEN).get("/v1/access").then().statusCode(401);
    }

    @Test
    void aRefusalSaysNothingOfTheToken() {
        String token = ISSUER.sign(expired(), "at+jwt");

        bearer(token)
                .get("/v1/me")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", is("Bearer"))
                .body(not(containsString(token.substring(0, 20))))
                .body(not(containsString("Exception")));
    }

    @Test
    void onlyARoleOpensWhatIsForARole() {
        for (String role : List.of("reader", "service", "support")) {
            bearer(token(someone(), role))
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
    void aVerifiedTokenIsRememberedUntilItsKeyIsRevoked() {
        String token = ISSUER.sign(claims(), "at+jwt");
        bearer(token).get("/v1/me").then().statusCode(404);
        assertThat(remembered.of(token)).isPresent();

        remembered.keepSignedWith(Set.of(ISSUER.key().getKeyId(), "another"));
        assertThat(remembered.of(token)).isPresent();

        remembered.keepSignedWith(Set.of("another"));
        assertThat(remembered.of(token)).isEmpty();
    }

    @Test
    void theKeysAreFetchedAgainWithoutAnybodyAsking() {
        String foreign = Signer.fresh().sign(claims(), "at+jwt");
        remembered.remember(foreign, null, "a key that the issuer no longer has", Long.MAX_VALUE / 2);

        keys.fetchAgain().await().indefinitely();

        assertThat(remembered.of(foreign)).isEmpty();
    }

    private static void isRefused(String token) {
        // twice, lest the first refusal be remembered as something else
        for (int i = 0; i < 2; i++) {
            bearer(token).get("/v1/me").then().statusCode(401).body("code", is("unauthenticated"));
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
