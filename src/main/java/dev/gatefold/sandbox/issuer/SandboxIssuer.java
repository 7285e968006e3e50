package dev.gatefold.sandbox.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.gatefold.sandbox.demo.DemoReaders;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An OpenID provider small enough to read: discovery, keys, and the authorization code flow with PKCE, at whose sign-in
 * page one chooses whom to be, unless {@code login_hint} names a demo reader. Access tokens carry the audience that the service asks for, ID tokens the client's.
 * Whoever can reach it can be anybody, so it listens on the loopback interface only.
 */
public final class SandboxIssuer implements Closeable {
    /** What an access token for the service names as its audience. */
    public static final String AUDIENCE = "gatefold";

    private static final int USUAL_PORT = 8180;
    private static final int MOST_PENDING = 1000;
    private static final Duration TOKENS_LAST = Duration.ofHours(24);
    private static final Set<String> OUR_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Somebody to be. */
    public record SandboxUser(String subject, String name, String email, List<String> roles) {}

    private record PendingAuthorization(String client, URI redirect, String state, String nonce, String challenge) {}

    private record AuthorizationCode(PendingAuthorization request, String subject) {}

    private static final class AuthorizationError extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AuthorizationError(String message) {
            super(message, null, false, false);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final SandboxTokenSigner signer;
    private final Map<String, SandboxUser> people = new LinkedHashMap<>();
    private final Map<String, PendingAuthorization> pending = new ConcurrentHashMap<>();
    private final Map<String, AuthorizationCode> codes = new ConcurrentHashMap<>();

    private SandboxIssuer(HttpServer server, SandboxTokenSigner signer, List<SandboxUser> people) {
        this.server = server;
        this.signer = signer;
        people.forEach(person -> this.people.put(person.subject, person));
        server.setExecutor(threads);
        handle("/.well-known/openid-configuration", forScripts(this::discover));
        handle("/jwks", forScripts(exchange -> json(exchange, 200, signer.publicKeys())));
        handle("/authorize", this::authorize);
        handle("/choose", this::choose);
        handle("/token", forScripts(this::token));
        handle("/mint", this::mint);
        server.start();
    }

    /** With the key of the signer, at the usual port if that is free. */
    public static SandboxIssuer start(SandboxTokenSigner signer) {
        try {
            return new SandboxIssuer(bind(USUAL_PORT), signer, DemoReaders.users());
        } catch (BindException e) {
            return startOnFreePort(signer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For tests, at whatever port is free. */
    public static SandboxIssuer startOnFreePort(SandboxTokenSigner signer) {
        try {
            return new SandboxIssuer(bind(0), signer, DemoReaders.users());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpServer bind(int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** An access token for the service. */
    public String accessToken(SandboxUser person) {
        return signer.accessToken(url(), AUDIENCE, person, TOKENS_LAST);
    }

    private void discover(HttpExchange exchange) throws IOException {
        json(
                exchange,
                200,
                Map.of(
                        "issuer", url(),
                        "authorization_endpoint", url() + "/authorize",
                        "token_endpoint", url() + "/token",
                        "jwks_uri", url() + "/jwks",
                        "response_types_supported", List.of("code"),
                        "subject_types_supported", List.of("public"),
                        "id_token_signing_alg_values_supported", List.of("RS256"),
                        "code_challenge_methods_supported", List.of("S256"),
                        "grant_types_supported", List.of("authorization_code"),
                        "token_endpoint_auth_methods_supported",
                                List.of("none", "client_secret_basic", "client_secret_post")));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
        if (!"code".equals(query.get("response_type"))) {
            throw new AuthorizationError("response_type must be code");
        }
        String challenge = query.get("code_challenge");
        if (challenge != null && !"S256".equals(query.get("code_challenge_method"))) {
            throw new AuthorizationError("code_challenge_method must be S256");
        }
        if (pending.size() >= MOST_PENDING) {
            pending.clear();
        }
        PendingAuthorization request = new PendingAuthorization(
                Optional.ofNullable(query.get("client_id"))
                        .orElseThrow(() -> new AuthorizationError("client_id is missing")),
                redirect(query.get("redirect_uri")),
                query.get("state"),
                query.get("nonce"),
                challenge);
        SandboxUser hinted = people.get(query.getOrDefault("login_hint", ""));
        if (hinted != null) {
            lead(exchange, request, hinted.subject);
            return;
        }
        String id = UUID.randomUUID().toString();
        pending.put(id, request);
        StringBuilder choices = new StringBuilder();
        people.values()
                .forEach(person -> choices.append(
                        "<button name=\"subject\" value=\"%s\">%s</button>\n".formatted(person.subject, person.name)));
        answer(
                exchange,
                200,
                "text/html; charset=utf-8",
                signInPage().replace("{request}", id).replace("{choices}", choices));
    }

    private static String signInPage() throws IOException {
        try (InputStream page = SandboxIssuer.class.getResourceAsStream("/sandbox/sign-in.html")) {
            return new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Only back to a page of this machine: a code is a key. */
    private static URI redirect(String uri) {
        try {
            URI redirect = URI.create(uri == null ? "" : uri);
            if (List.of("http", "https").contains(redirect.getScheme()) && OUR_HOSTS.contains(redirect.getHost())) {
                return redirect;
            }
        } catch (IllegalArgumentException e) {
            throw new AuthorizationError("redirect_uri is not an address");
        }
        throw new AuthorizationError("redirect_uri must lead to this machine");
    }

    private void choose(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(body(exchange));
        PendingAuthorization request = Optional.ofNullable(form.get("request"))
                .map(pending::remove)
                .orElseThrow(() -> new AuthorizationError("This sign-in has ended; start again"));
        String subject = Optional.ofNullable(form.get("subject"))
                .or(() -> Optional.ofNullable(form.get("somebody")))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .orElseThrow(() -> new AuthorizationError("Choose somebody"));
        lead(exchange, request, subject);
    }

    private void lead(HttpExchange exchange, PendingAuthorization request, String subject) throws IOException {
        String code = UUID.randomUUID().toString();
        codes.put(code, new AuthorizationCode(request, subject));
        String query = "code=" + code
                + (request.state == null ? "" : "&state=" + URLEncoder.encode(request.state, StandardCharsets.UTF_8));
        String target = request.redirect + (request.redirect.getRawQuery() == null ? "?" : "&") + query;
        exchange.getResponseHeaders().set("Location", target);
        exchange.sendResponseHeaders(302, -1);
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(body(exchange));
        AuthorizationCode code =
                Optional.ofNullable(form.get("code")).map(codes::remove).orElse(null);
        boolean valid = "authorization_code".equals(form.get("grant_type"))
                && code != null
                && code.request.redirect.toString().equals(form.get("redirect_uri"))
                && proves(form.get("code_verifier"), code.request.challenge);
        if (!valid) {
            json(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        SandboxUser person = person(code.subject);
        String access = accessToken(person);
        json(
                exchange,
                200,
                Map.of(
                        "access_token",
                        access,
                        "id_token",
                        signer.idToken(url(), code.request.client, person, code.request.nonce, access, TOKENS_LAST),
                        "token_type",
                        "Bearer",
                        "expires_in",
                        TOKENS_LAST.toSeconds()));
    }

    private static boolean proves(String verifier, String challenge) {
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

    /** A token for whoever is named, without any flow: for scripts. */
    private void mint(HttpExchange exchange) throws IOException {
        JsonNode wanted = JSON.readTree(body(exchange));
        SandboxUser known = person(wanted.path("subject").asText());
        List<String> roles = new ArrayList<>();
        wanted.path("roles").forEach(role -> roles.add(role.asText()));
        SandboxUser person = new SandboxUser(
                known.subject,
                known.name,
                wanted.path("email").asText(known.email),
                wanted.hasNonNull("roles") ? roles : known.roles);
        json(exchange, 200, Map.of("token", accessToken(person)));
    }

    private SandboxUser person(String subject) {
        return people.getOrDefault(subject, new SandboxUser(subject, null, null, List.of()));
    }

    private void handle(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                answerOrRefuse(exchange, handler);
            }
        });
    }

    private static void answerOrRefuse(HttpExchange exchange, HttpHandler handler) throws IOException {
        try {
            if (!OUR_HOSTS.contains(host(exchange))) {
                throw new AuthorizationError("Wrong host");
            }
            handler.handle(exchange);
        } catch (AuthorizationError refusal) {
            answer(exchange, 400, "text/plain; charset=utf-8", refusal.getMessage());
        }
    }

    /** What a page's own script may ask, as that of an application in the browser does. */
    private static HttpHandler forScripts(HttpHandler handler) {
        return exchange -> {
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            exchange.getResponseHeaders().set("Access-Control-Allow-Headers", "*");
            if ("OPTIONS".equals(exchange.getRequestMethod())) {
                exchange.sendResponseHeaders(204, -1);
            } else {
                handler.handle(exchange);
            }
        };
    }

    /** A page elsewhere must not reach us by a name that it points to this machine. */
    private static String host(HttpExchange exchange) {
        String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host"))
                .orElse("");
        return host.replaceFirst(":\\d+$", "");
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readNBytes(64 * 1024), StandardCharsets.UTF_8);
    }

    private static Map<String, String> form(String encoded) {
        Map<String, String> form = new LinkedHashMap<>();
        Arrays.stream(Optional.ofNullable(encoded).orElse("").split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> form.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return form;
    }

    private static void json(HttpExchange exchange, int status, Object body) throws IOException {
        String json = body instanceof String text ? text : JSON.writeValueAsString(body);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        answer(exchange, status, "application/json", json);
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
