package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** HTTP in short. */
final class Http {
    private static final Set<String> OUR_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int MOST = 1024 * 1024;

    private Http() {}

    static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** A page elsewhere must not reach us, neither by a name that it points to this machine nor by a form of its own. */
    static boolean isOurs(HttpExchange exchange) {
        String host = header(exchange, "Host").orElse("").replaceFirst(":\\d+$", "");
        return OUR_HOSTS.contains(host)
                && header(exchange, "Origin").map(Http::isOurs).orElse(true);
    }

    private static boolean isOurs(String origin) {
        try {
            return OUR_HOSTS.contains(String.valueOf(URI.create(origin).getHost()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The segments of the path after its first one. */
    static List<String> path(HttpExchange exchange) {
        List<String> segments = Arrays.asList(exchange.getRequestURI().getPath().split("/"));
        return segments.size() < 3 ? List.of() : segments.subList(2, segments.size());
    }

    static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readNBytes(MOST), StandardCharsets.UTF_8);
    }

    static void json(HttpExchange exchange, int status, JsonNode body) throws IOException {
        answer(exchange, status, "application/json", Json.pretty(body));
    }

    static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static void redirect(HttpExchange exchange, String target) throws IOException {
        exchange.getResponseHeaders().set("Location", target);
        exchange.sendResponseHeaders(303, -1);
    }
}
