package dev.gatefold.pages.signin;

import dev.gatefold.kernel.Problem;
import dev.gatefold.pages.PagesConfig;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** Verifies the ID tokens that the token endpoint issues to the pages (OpenID Connect Core 1.0, section 3.1.3.7). */
@Singleton
class IdTokenVerifier {
    private static final int CLOCK_SKEW_SECONDS = 60;

    private final PagesConfig config;

    IdTokenVerifier(PagesConfig config) {
        this.config = config;
    }

    /**
     * Returns the claims of an ID token that belongs to the verified access token. The signature is not verified: the
     * token comes from the token endpoint over TLS, for which the specification allows that.
     *
     * @throws Problem 400 {@code sign-in-failed} if the token is for another client or reader, or has expired
     */
    JwtClaims verify(String idToken, JsonWebToken accessToken) {
        try {
            return new JwtConsumerBuilder()
                    .setSkipSignatureVerification()
                    .setExpectedIssuer(accessToken.getIssuer())
                    .setExpectedSubject(accessToken.getSubject())
                    .setExpectedAudience(config.clientId())
                    .setRequireExpirationTime()
                    .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                    .build()
                    .processToClaims(idToken);
        } catch (InvalidJwtException e) {
            // The message of the exception would contain the claims
            Log.warnf("The ID token of the issuer was rejected, error codes %s", codes(e));
            throw AuthorizationCodeFlow.signInFailed();
        }
    }

    private static String codes(InvalidJwtException failure) {
        return failure.getErrorDetails().stream()
                .map(error -> Integer.toString(error.getErrorCode()))
                .toList()
                .toString();
    }
}
