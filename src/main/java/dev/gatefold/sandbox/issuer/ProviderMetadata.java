package dev.gatefold.sandbox.issuer;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.gatefold.sandbox.http.SandboxHttp;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The discovery document (OpenID Connect Discovery 1.0, section 3). */
record ProviderMetadata(String issuer) {
    private static final ObjectMapper JSON = new ObjectMapper();

    void show(HttpExchange exchange) throws IOException {
        SandboxHttp.json(
                exchange,
                200,
                JSON.writeValueAsString(Map.ofEntries(
                        entry("issuer", issuer),
                        entry("authorization_endpoint", issuer + "/authorize"),
                        entry("token_endpoint", issuer + "/token"),
                        entry("end_session_endpoint", issuer + "/logout"),
                        entry("jwks_uri", issuer + "/jwks"),
                        entry("scopes_supported", List.of("openid", "email", "profile")),
                        entry("response_types_supported", List.of("code")),
                        entry("subject_types_supported", List.of("public")),
                        entry("id_token_signing_alg_values_supported", List.of("RS256")),
                        entry("code_challenge_methods_supported", List.of("S256")),
                        entry("grant_types_supported", List.of("authorization_code")),
                        entry(
                                "token_endpoint_auth_methods_supported",
                                List.of("none", "client_secret_basic", "client_secret_post")))));
    }
}
