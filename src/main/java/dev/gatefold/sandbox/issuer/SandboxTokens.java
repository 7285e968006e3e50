package dev.gatefold.sandbox.issuer;

import java.time.Duration;

/** Issues the tokens of one issuer. */
record SandboxTokens(String issuer, SandboxTokenSigner signer) {
    static final Duration LIFETIME = Duration.ofHours(24);

    /** Returns an access token with the audience of the service. */
    String accessToken(SandboxUser user) {
        return signer.accessToken(issuer, SandboxIssuer.AUDIENCE, user, LIFETIME);
    }

    /**
     * Returns an ID token with the client as its audience.
     *
     * @param nonce null if the client sent none
     */
    String idToken(SandboxUser user, String client, String nonce, String accessToken) {
        return signer.idToken(issuer, client, user, nonce, accessToken, LIFETIME);
    }
}
