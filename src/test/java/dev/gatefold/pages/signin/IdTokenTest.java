package dev.gatefold.pages.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.kernel.Problem;
import dev.gatefold.pages.PagesConfig;
import dev.gatefold.sandbox.issuer.SandboxTokenSigner;
import dev.gatefold.web.http.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ID tokens of the pages, and the profile that readers get from them. */
class IdTokenTest {
    private static final String ISSUER = "https://id.example.com";
    private static final SandboxTokenSigner SIGNER = SandboxTokenSigner.withNewKey();

    private final IdTokenVerifier verifier = new IdTokenVerifier(new PagesConfig() {
        @Override
        public String clientId() {
            return "gatefold";
        }

        @Override
        public Optional<String> clientSecret() {
            return Optional.empty();
        }

        @Override
        public Duration sessionLifetime() {
            return Duration.ofDays(30);
        }
    });

    private record AccessTokenClaims(Map<String, Object> claims) implements JsonWebToken {
        @Override
        public String getName() {
            return "reader";
        }

        @Override
        public Set<String> getClaimNames() {
            return claims.keySet();
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        public <T> T getClaim(String name) {
            return (T) claims.get(name);
        }
    }

    private static SecurityIdentity accessToken(Map<String, Object> claims) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new AccessTokenClaims(claims))
                .build();
    }

    private static JwtClaims idToken(String issuer, String subject, String audience, int minutes) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setSubject(subject);
        claims.setAudience(audience);
        claims.setExpirationTimeMinutesInTheFuture(minutes);
        return claims;
    }

    private Caller caller(Map<String, Object> accessToken, JwtClaims idToken) {
        return SignedInReader.of(accessToken(accessToken), Optional.of(SIGNER.sign(idToken, "JWT")), verifier)
                .caller();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "other issuer,   https://evil.example,   reader, gatefold, 5",
        "other reader,   https://id.example.com, other,  gatefold, 5",
        "other client,   https://id.example.com, reader, app,      5",
        "expired token,  https://id.example.com, reader, gatefold, -2"
    })
    void foreignOrExpiredIdTokenIsRejected(String kind, String issuer, String subject, String audience, int minutes) {
        Map<String, Object> access = Map.of("iss", ISSUER, "sub", "reader");

        assertThatThrownBy(() -> caller(access, idToken(issuer, subject, audience, minutes)))
                .as(kind)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("sign-in");
    }

    @Test
    void profileComesFromIdTokenIfAccessTokenHasNone() {
        JwtClaims idToken = idToken(ISSUER, "reader", "gatefold", 5);
        idToken.setClaim("email", "ann@example.com");
        idToken.setClaim("email_verified", true);
        idToken.setClaim("name", "Ann");
        idToken.setClaim("groups", "admin");

        Caller caller = caller(Map.of("iss", ISSUER, "sub", "reader"), idToken);

        assertThat(caller.claim("email")).contains("ann@example.com");
        assertThat(caller.isEmailVerified()).isTrue();
        assertThat(caller.claim("name")).contains("Ann");
        assertThat(caller.claim("groups")).isEmpty();
        assertThat(caller.requireReader().subject()).isEqualTo("reader");
    }

    @Test
    void verificationOfOneAddressDoesNotApplyToAnother() {
        JwtClaims idToken = idToken(ISSUER, "reader", "gatefold", 5);
        idToken.setClaim("email", "ann@example.com");
        idToken.setClaim("email_verified", true);

        Caller caller = caller(Map.of("iss", ISSUER, "sub", "reader", "email", "eve@example.com"), idToken);

        assertThat(caller.claim("email")).contains("eve@example.com");
        assertThat(caller.isEmailVerified()).isFalse();
    }

    @Test
    void readerSignsInWithoutIdToken() {
        SignedInReader reader = SignedInReader.of(
                accessToken(Map.of("iss", ISSUER, "sub", "reader", "name", "Ann")), Optional.empty(), verifier);

        assertThat(reader.identity().subject()).isEqualTo("reader");
        assertThat(reader.caller().claim("name")).contains("Ann");
    }
}
