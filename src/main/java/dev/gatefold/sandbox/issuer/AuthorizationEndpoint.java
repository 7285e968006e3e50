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
import java.util.stream.Stream;

/** Shows the sign-in page, and redirects to the client with a code. A {@code login_hint} of a demo user skips the page. */
final class AuthorizationEndpoint {
    private final AuthorizationCodes codes;
    private final IssuerSessions sessions;

    AuthorizationEndpoint(AuthorizationCodes codes, IssuerSessions sessions) {
        this.codes = codes;
        this.sessions = sessions;
    }

    void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = IssuerForms.decode(exchange.getRequestURI().getRawQuery());
        AuthorizationRequest request = AuthorizationRequest.of(query);
        Optional<SandboxUser> hinted = SandboxUsers.find(query.getOrDefault("login_hint", ""));
        if (hinted.isPresent()) {
            redirectWithCode(exchange, request, hinted.get().subject());
        } else {
            showSignInPage(exchange, codes.addPending(request), sessions.find(exchange));
        }
    }

    private static void showSignInPage(HttpExchange exchange, String pendingId, Optional<String> signedIn)
            throws IOException {
        String choices = Stream.concat(
                        signedIn.map(subject -> choice(subject, "Continue as " + subject, "")).stream(),
                        SandboxUsers.all().stream()
                                .map(user -> choice(user.subject(), user.name(), user.description())))
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

    private static String choice(String subject, String label, String description) {
        return "<button name=\"subject\" value=\"%s\">%s<small>%s</small></button>"
                .formatted(escape(subject), escape(label), escape(description));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    /** Handles the form of the sign-in page. The subject is the field beside {@code request}, by any name. */
    void choose(HttpExchange exchange) throws IOException {
        Map<String, String> form = IssuerForms.decode(SandboxHttp.body(exchange));
        AuthorizationRequest request = codes.removePending(form.get("request"))
                .orElseThrow(() -> new InvalidAuthorizationRequest(
                        "This sign-in page has expired. Start again from the application."));
        String subject = form.entrySet().stream()
                .filter(field -> !field.getKey().equals("request"))
                .map(field -> field.getValue().strip())
                .filter(it -> !it.isEmpty())
                .findFirst()
                .orElseThrow(() -> new InvalidAuthorizationRequest("Choose a user or enter a subject"));
        redirectWithCode(exchange, request, subject);
    }

    private void redirectWithCode(HttpExchange exchange, AuthorizationRequest request, String subject)
            throws IOException {
        sessions.start(exchange, subject);
        String state =
                request.state() == null ? "" : "&state=" + URLEncoder.encode(request.state(), StandardCharsets.UTF_8);
        String separator = request.redirect().getRawQuery() == null ? "?" : "&";
        String code = codes.issue(request, subject);
        SandboxHttp.redirect(exchange, 302, request.redirect() + separator + "code=" + code + state);
    }
}
