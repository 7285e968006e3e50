package dev.gatefold.sandbox.stripe.http;

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
public final class SandboxHttp {
    private static final Set<String> OUR_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int MOST = 1024 * 1024;

    private SandboxHttp() {}

    public static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** A page elsewhere must not reach us, neither by a name that it points to this machine nor by a form of its own. */
    public static boolean isLocal(HttpExchange exchange) {
        String host = header(exchange, "Host").orElse("").replaceFirst(":\\d+$", "");
        return OUR_HOSTS.contains(host)
                && header(exchange, "Origin").map(SandboxHttp::isLocal).orElse(true);
    }

    private static boolean isLocal(String origin) {
        try {
            return OUR_HOSTS.contains(String.valueOf(URI.create(origin).getHost()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The segments of the path after its first one. */
    public static List<String> path(HttpExchange exchange) {
        List<String> segments = Arrays.asList(exchange.getRequestURI().getPath().split("/"));
        return segments.size() < 3 ? List.of() : segments.subList(2, segments.size());
    }

    public static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readNBytes(MOST), StandardCharsets.UTF_8);
    }

    public static void json(HttpExchange exchange, int status, JsonNode body) throws IOException {
        respond(exchange, status, "application/json", SandboxJson.pretty(body));
    }

    public static void respond(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    public static void redirect(HttpExchange exchange, String target) throws IOException {
        exchange.getResponseHeaders().set("Location", target);
        exchange.sendResponseHeaders(303, -1);
    }
}
