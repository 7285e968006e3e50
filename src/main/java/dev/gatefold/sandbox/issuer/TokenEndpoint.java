package dev.gatefold.sandbox.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.gatefold.sandbox.http.SandboxHttp;
import dev.gatefold.sandbox.issuer.AuthorizationCodes.AuthorizationGrant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Exchanges authorization codes for tokens, and mints access tokens for scripts. */
final class TokenEndpoint {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AuthorizationCodes codes;
    private final SandboxTokens tokens;

    TokenEndpoint(AuthorizationCodes codes, SandboxTokens tokens) {
        this.codes = codes;
        this.tokens = tokens;
    }

    /** Answers an access token and an ID token, or 400 {@code invalid_grant}. A code is invalid after the first attempt. */
    void exchangeCode(HttpExchange exchange) throws IOException {
        Map<String, String> form = IssuerForms.decode(SandboxHttp.body(exchange));
        Optional<AuthorizationGrant> grant = codes.redeem(form.get("code")).filter(it -> matches(it.request(), form));
        if (grant.isEmpty()) {
            json(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        AuthorizationRequest request = grant.get().request();
        SandboxUser user = SandboxUsers.findOrCreate(grant.get().subject());
        String access = tokens.accessToken(user);
        json(
                exchange,
                200,
                Map.of(
                        "access_token",
                        access,
                        "id_token",
                        tokens.idToken(user, request.client(), request.nonce(), access),
                        "token_type",
                        "Bearer",
                        "expires_in",
                        SandboxTokens.LIFETIME.toSeconds()));
    }

    private static boolean matches(AuthorizationRequest request, Map<String, String> form) {
        return "authorization_code".equals(form.get("grant_type"))
                && request.redirect().toString().equals(form.get("redirect_uri"))
                && request.isVerifiedBy(form.get("code_verifier"));
    }

    /**
     * Answers an access token for {@code {subject, email?, emailVerified?, roles?}} without a sign-in. Missing values are
     * those of the demo user with that subject.
     */
    void mint(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(SandboxHttp.body(exchange));
        SandboxUser user = SandboxUsers.findOrCreate(request.path("subject").asText());
        List<String> roles = new ArrayList<>();
        request.path("roles").forEach(role -> roles.add(role.asText()));
        String token = tokens.accessToken(new SandboxUser(
                user.subject(),
                user.name(),
                user.description(),
                request.path("email").asText(user.email()),
                request.hasNonNull("emailVerified")
                        ? Boolean.valueOf(request.path("emailVerified").asBoolean())
                        : user.emailVerified(),
                request.hasNonNull("roles") ? roles : user.roles()));
        json(exchange, 200, Map.of("token", token));
    }

    private static void json(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        SandboxHttp.json(exchange, status, JSON.writeValueAsString(body));
    }
}
