package dev.gatefold.sandbox.issuer;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.gatefold.sandbox.http.SandboxHttp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A validated request to the authorization endpoint.
 *
 * @param state null if the client sent none
 * @param nonce null if the client sent none
 * @param challenge PKCE code challenge (S256); null if the client uses no PKCE
 */
record AuthorizationRequest(String client, URI redirect, String state, String nonce, String challenge) {
    /**
     * Validates the query parameters.
     *
     * @throws InvalidAuthorizationRequest if one is missing or not supported
     */
    static AuthorizationRequest of(Map<String, String> query) {
        if (!"code".equals(query.get("response_type"))) {
            throw new InvalidAuthorizationRequest("response_type must be code");
        }
        String challenge = query.get("code_challenge");
        if (challenge != null && !"S256".equals(query.get("code_challenge_method"))) {
            throw new InvalidAuthorizationRequest("code_challenge_method must be S256");
        }
        return new AuthorizationRequest(
                Optional.ofNullable(query.get("client_id"))
                        .orElseThrow(() -> new InvalidAuthorizationRequest("client_id is missing")),
                localRedirect(query.get("redirect_uri")),
                query.get("state"),
                query.get("nonce"),
                challenge);
    }

    /**
     * Returns a redirect URI of this machine. A code sent to another machine would let that machine sign in.
     *
     * @throws InvalidAuthorizationRequest if it is missing or names another machine
     */
    static URI localRedirect(String uri) {
        try {
            URI redirect = URI.create(uri == null ? "" : uri);
            if (List.of("http", "https").contains(redirect.getScheme())
                    && SandboxHttp.isLocalHost(redirect.getHost())) {
                return redirect;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidAuthorizationRequest("redirect_uri is not a URL");
        }
        throw new InvalidAuthorizationRequest("redirect_uri must be a URL of this machine");
    }

    /** Returns true if the verifier matches the challenge (RFC 7636), or if the client uses no PKCE. */
    boolean isVerifiedBy(String verifier) {
        if (challenge == null) {
            return true;
        }
        return verifier != null
                && challenge.equals(BaseEncoding.base64Url()
                        .omitPadding()
                        .encode(Hashing.sha256()
                                .hashString(verifier, StandardCharsets.US_ASCII)
                                .asBytes()));
    }
}
