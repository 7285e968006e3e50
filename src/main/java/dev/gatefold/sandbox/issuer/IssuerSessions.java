package dev.gatefold.sandbox.issuer;

import com.sun.net.httpserver.HttpExchange;
import dev.gatefold.sandbox.http.SandboxHttp;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The browsers that are signed in at the development issuer. The sign-in page offers the user of the session first, and
 * never signs in without it: developers change users often.
 */
final class IssuerSessions {
    private static final String COOKIE = "sandbox-issuer-session";
    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Lax";
    private static final int MAX_SESSIONS = 1000;

    private final Map<String, String> subjects = new ConcurrentHashMap<>();

    /** Starts a session in place of the one that the browser has. Drops all sessions when there are 1,000. */
    void start(HttpExchange exchange, String subject) {
        if (subjects.size() >= MAX_SESSIONS) {
            subjects.clear();
        }
        id(exchange).ifPresent(subjects::remove);
        String id = UUID.randomUUID().toString();
        subjects.put(id, subject);
        exchange.getResponseHeaders().add("Set-Cookie", COOKIE + "=" + id + ATTRIBUTES);
    }

    /** Returns the subject that is signed in with the browser. */
    Optional<String> find(HttpExchange exchange) {
        return id(exchange).map(subjects::get);
    }

    /** Ends the session of the browser, if it has one. */
    void end(HttpExchange exchange) {
        id(exchange).ifPresent(subjects::remove);
        exchange.getResponseHeaders().add("Set-Cookie", COOKIE + "=" + ATTRIBUTES + "; Max-Age=0");
    }

    private static Optional<String> id(HttpExchange exchange) {
        return SandboxHttp.header(exchange, "Cookie").stream()
                .flatMap(header -> Arrays.stream(header.split(";")))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(COOKIE + "="))
                .map(cookie -> cookie.substring(COOKIE.length() + 1))
                .findFirst();
    }
}
