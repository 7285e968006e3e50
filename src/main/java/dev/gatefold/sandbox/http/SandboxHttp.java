package dev.gatefold.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads requests and writes responses of the JDK's HTTP server. */
public final class SandboxHttp {
    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int MAX_BODY_BYTES = 1024 * 1024;

    private SandboxHttp() {}

    /** Returns the first value of the request header, if present. */
    public static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** Returns true if the {@code Host} header names this machine, which rules out DNS rebinding. */
    public static boolean hasLocalHost(HttpExchange exchange) {
        return isLocalHost(header(exchange, "Host").orElse("").replaceFirst(":\\d+$", ""));
    }

    /** Returns true unless the {@code Origin} header names a page of another machine. */
    public static boolean hasLocalOrigin(HttpExchange exchange) {
        return header(exchange, "Origin").map(SandboxHttp::isLocalOrigin).orElse(true);
    }

    private static boolean isLocalOrigin(String origin) {
        try {
            return isLocalHost(URI.create(origin).getHost());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns true if the name, which may be null, is one of the names of the loopback interface. */
    public static boolean isLocalHost(String host) {
        return host != null && LOCAL_HOSTS.contains(host);
    }

    /** Returns the segments of the path after its first one. */
    public static List<String> path(HttpExchange exchange) {
        List<String> segments = Arrays.asList(exchange.getRequestURI().getPath().split("/"));
        return segments.size() < 3 ? List.of() : segments.subList(2, segments.size());
    }

    /** Returns the request body as UTF-8, cut off after 1 MiB. */
    public static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readNBytes(MAX_BODY_BYTES), StandardCharsets.UTF_8);
    }

    /** Sends a JSON document. */
    public static void json(HttpExchange exchange, int status, String json) throws IOException {
        respond(exchange, status, "application/json", json);
    }

    /** Sends a UTF-8 text that must not be cached. */
    public static void respond(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Redirects with the status, which is 302 or 303. */
    public static void redirect(HttpExchange exchange, int status, String target) throws IOException {
        exchange.getResponseHeaders().set("Location", target);
        exchange.sendResponseHeaders(status, -1);
    }
}
