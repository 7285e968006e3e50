package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.gatefold.sandbox.http.SandboxHttp;
import dev.gatefold.sandbox.stripe.billing.SandboxLifecycle;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.http.SandboxRoutes;
import dev.gatefold.sandbox.stripe.state.SandboxExpansion;
import dev.gatefold.sandbox.stripe.state.SandboxIdempotency;
import dev.gatefold.sandbox.stripe.state.SandboxIdempotentReply;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jboss.logging.Logger;

/** Serves {@code /v1}: simulates outages, checks the API key, replays idempotent requests, and runs the route. */
public final class SandboxApiHandler {
    public static final String KEY = "sk_test_gatefoldSandbox";

    private static final Logger LOG = Logger.getLogger(SandboxApiHandler.class);

    private final SandboxState state;
    private final SandboxRoutes routes;
    private final SandboxEvents events;
    private final SandboxLifecycle lifecycle;
    private final SandboxOutages outages;
    private final SandboxIdempotency idempotency;
    private final SandboxExpansion expansion;
    private volatile Set<String> keys = Set.of(KEY);

    public SandboxApiHandler(
            SandboxState state,
            SandboxRoutes routes,
            SandboxEvents events,
            SandboxLifecycle lifecycle,
            SandboxOutages outages) {
        this.state = state;
        this.routes = routes;
        this.events = events;
        this.lifecycle = lifecycle;
        this.outages = outages;
        this.idempotency = new SandboxIdempotency(state);
        this.expansion = new SandboxExpansion(state);
    }

    /** Replaces the accepted keys. There are two while a key is rolled. */
    public void setAcceptedKeys(Set<String> keys) {
        this.keys = keys;
    }

    /** Answers one request, or closes the connection if the sandbox simulates that Stripe is down. */
    public void handle(HttpExchange exchange) throws IOException {
        String requestId = SandboxState.newId("req_");
        exchange.getResponseHeaders().set("Request-Id", requestId);
        SandboxHttp.header(exchange, "Stripe-Version")
                .ifPresent(it -> exchange.getResponseHeaders().set("Stripe-Version", it));
        SandboxOutageMode mode = outages.applyToRequest();
        if (mode == SandboxOutageMode.DOWN) {
            return; // without a response; the server closes the connection
        }
        SandboxIdempotentReply reply;
        try {
            authenticate(exchange);
            reply = reply(mode, exchange, parse(exchange, requestId));
        } catch (SandboxApiError error) {
            reply = errorReply(error);
        }
        if (reply.replayed()) {
            exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
        }
        SandboxHttp.json(exchange, reply.status(), SandboxJson.pretty(reply.body()));
    }

    private static SandboxApiRequest parse(HttpExchange exchange, String requestId) throws IOException {
        String method = exchange.getRequestMethod();
        String query = exchange.getRequestURI().getRawQuery();
        String parameters = method.equals("POST") ? SandboxHttp.body(exchange) : query;
        String key = SandboxHttp.header(exchange, "Idempotency-Key").orElse(null);
        return new SandboxApiRequest(
                method, SandboxHttp.path(exchange), SandboxForm.decode(parameters), requestId, key);
    }

    private void authenticate(HttpExchange exchange) {
        String authorization = SandboxHttp.header(exchange, "Authorization").orElse("");
        if (authorization.startsWith("Basic ")) {
            authorization = "Bearer "
                    + new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8)
                            .replaceFirst(":.*", "");
        }
        if (authorization.isEmpty()) {
            throw SandboxApiError.of(401, "You did not provide an API key.");
        }
        if (keys.stream().map("Bearer "::concat).noneMatch(authorization::equals)) {
            throw SandboxApiError.of(401, "Invalid API Key provided.");
        }
    }

    private SandboxIdempotentReply reply(SandboxOutageMode mode, HttpExchange exchange, SandboxApiRequest request) {
        if (mode == SandboxOutageMode.LIMIT) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            return errorReply(SandboxApiError.of(429, "Too many requests hit the API too quickly.")
                    .with("code", "rate_limit"));
        }
        return state.locked(() -> {
            lifecycle.runDue(state.clockInstant());
            SandboxHttp.header(exchange, "Stripe-Version")
                    .ifPresent(it -> state.settings("api").put("version", it));
            return idempotency.replayOrRun(request, () -> mode == SandboxOutageMode.FAIL ? failure() : answer(request));
        });
    }

    private SandboxIdempotentReply answer(SandboxApiRequest request) {
        events.setCause(request);
        try {
            ObjectNode answer =
                    expansion.expand(routes.handle(request), request.form().texts("expand"));
            return new SandboxIdempotentReply(200, answer, false);
        } catch (SandboxApiError error) {
            return errorReply(error);
        } catch (RuntimeException e) {
            LOG.errorf(e, "The Stripe sandbox failed to handle %s %s", request.method(), request.path());
            return failure();
        } finally {
            events.setCause(null);
        }
    }

    private static SandboxIdempotentReply failure() {
        return errorReply(SandboxApiError.of(500, "An unknown error occurred."));
    }

    private static SandboxIdempotentReply errorReply(SandboxApiError error) {
        return new SandboxIdempotentReply(error.status(), error.body(), false);
    }
}
