package dev.gatefold.pages.signin;

import dev.gatefold.kernel.Identity;
import dev.gatefold.web.http.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * A reader who has signed in at the issuer.
 *
 * @param caller identity of the access token, with the profile claims of both tokens
 * @param idToken empty if the issuer issued none
 */
record SignedInReader(Caller caller, Optional<String> idToken) {
    /**
     * Returns the reader of two tokens.
     *
     * @throws dev.gatefold.kernel.Problem 400 {@code sign-in-failed} if the ID token does not belong to the access token
     */
    static SignedInReader of(SecurityIdentity accessToken, Optional<String> idToken, IdTokenVerifier verifier) {
        Caller caller = Caller.of(accessToken);
        Optional<JsonWebToken> claims = caller.token().map(token -> withProfile(token, idToken, verifier));
        return new SignedInReader(new Caller(claims, caller.isService()), idToken);
    }

    private static JsonWebToken withProfile(
            JsonWebToken accessToken, Optional<String> idToken, IdTokenVerifier verifier) {
        return idToken.isPresent()
                ? new ProfileClaims(accessToken, verifier.verify(idToken.get(), accessToken))
                : accessToken;
    }

    Identity identity() {
        return caller.requireReader();
    }
}
