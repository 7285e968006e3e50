package dev.gatefold.sandbox.issuer;

import com.sun.net.httpserver.HttpExchange;
import dev.gatefold.sandbox.http.SandboxHttp;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows the sign-in page, and redirects to the client with a code. A {@code login_hint} of a demo user skips the page. */
final class AuthorizationEndpoint {
    private final AuthorizationCodes codes;

    AuthorizationEndpoint(AuthorizationCodes codes) {
        this.codes = codes;
    }

    void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = IssuerForms.decode(exchange.getRequestURI().getRawQuery());
        AuthorizationRequest request = AuthorizationRequest.of(query);
        Optional<SandboxUser> hinted = SandboxUsers.find(query.getOrDefault("login_hint", ""));
        if (hinted.isPresent()) {
            redirectWithCode(exchange, request, hinted.get().subject());
        } else {
            showSignInPage(exchange, codes.addPending(request));
        }
    }

    private static void showSignInPage(HttpExchange exchange, String pendingId) throws IOException {
        String choices = SandboxUsers.all().stream()
                .map(user -> "<button name=\"subject\" value=\"%s\">%s</button>".formatted(user.subject(), user.name()))
                .collect(Collectors.joining("\n"));
        try (InputStream page = SandboxIssuer.class.getResourceAsStream("/sandbox/sign-in.html")) {
            String template = new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
            SandboxHttp.respond(
                    exchange,
                    200,
                    "text/html; charset=utf-8",
                    template.replace("{request}", pendingId).replace("{choices}", choices));
        }
    }

    /** Handles the form of the sign-in page. */
    void choose(HttpExchange exchange) throws IOException {
        Map<String, String> form = IssuerForms.decode(SandboxHttp.body(exchange));
        AuthorizationRequest request = codes.removePending(form.get("request"))
                .orElseThrow(() -> new InvalidAuthorizationRequest(
                        "This sign-in page has expired. Start again from the application."));
        String subject = Optional.ofNullable(form.get("subject"))
                .or(() -> Optional.ofNullable(form.get("other-subject")))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .orElseThrow(() -> new InvalidAuthorizationRequest("Choose a user or enter a subject"));
        redirectWithCode(exchange, request, subject);
    }

    private void redirectWithCode(HttpExchange exchange, AuthorizationRequest request, String subject)
            throws IOException {
        String state =
                request.state() == null ? "" : "&state=" + URLEncoder.encode(request.state(), StandardCharsets.UTF_8);
        String separator = request.redirect().getRawQuery() == null ? "?" : "&";
        String code = codes.issue(request, subject);
        SandboxHttp.redirect(exchange, 302, request.redirect() + separator + "code=" + code + state);
    }
}
