package dev.gatefold.sandbox.issuer;

import com.sun.net.httpserver.HttpExchange;
import dev.gatefold.sandbox.http.SandboxHttp;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Ends the session of a browser, and returns to the client (OpenID Connect RP-Initiated Logout 1.0). */
final class LogoutEndpoint {
    private final IssuerSessions sessions;

    LogoutEndpoint(IssuerSessions sessions) {
        this.sessions = sessions;
    }

    /** Answers a redirect, or a page if the client names no URL. The client must name itself or send an ID token. */
    void logOut(HttpExchange exchange) throws IOException {
        Map<String, String> query = IssuerForms.decode(exchange.getRequestURI().getRawQuery());
        String target = query.get("post_logout_redirect_uri");
        if (target != null && !query.containsKey("client_id") && !query.containsKey("id_token_hint")) {
            throw new InvalidAuthorizationRequest("client_id or id_token_hint is missing");
        }
        URI redirect = target == null ? null : AuthorizationRequest.localRedirect(target);
        sessions.end(exchange);
        if (redirect == null) {
            SandboxHttp.respond(exchange, 200, "text/plain; charset=utf-8", "You are signed out.");
        } else {
            SandboxHttp.redirect(exchange, 302, redirect + state(redirect, query.get("state")));
        }
    }

    private static String state(URI redirect, String state) {
        return state == null
                ? ""
                : (redirect.getRawQuery() == null ? "?" : "&") + "state="
                        + URLEncoder.encode(state, StandardCharsets.UTF_8);
    }
}
