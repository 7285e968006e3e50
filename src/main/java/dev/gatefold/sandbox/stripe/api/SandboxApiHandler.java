package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.gatefold.sandbox.stripe.billing.SandboxLifecycle;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxHttp;
import dev.gatefold.sandbox.stripe.http.SandboxRoutes;
import dev.gatefold.sandbox.stripe.state.SandboxExpansion;
import dev.gatefold.sandbox.stripe.state.SandboxIdempotency;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jboss.logging.Logger;

/** Answers what comes to {@code /v1/}: first the weather, then the key, then the idempotency, then the matter itself. */
public final class SandboxApiHandler {
    public static final String KEY = "sk_test_gatefoldSandbox";

    private static final Logger LOG = Logger.getLogger(SandboxApiHandler.class);

    private final SandboxState world;
    private final SandboxRoutes routes;
    private final SandboxEvents events;
    private final SandboxLifecycle lives;
    private final SandboxOutages outages;
    private final SandboxIdempotency idempotency;
    private final SandboxExpansion expansion;
    private volatile Set<String> keys = Set.of(KEY);

    public SandboxApiHandler(
            SandboxState world,
            SandboxRoutes routes,
            SandboxEvents events,
            SandboxLifecycle lives,
            SandboxOutages outages) {
        this.world = world;
        this.routes = routes;
        this.events = events;
        this.lives = lives;
        this.outages = outages;
        this.idempotency = new SandboxIdempotency(world);
        this.expansion = new SandboxExpansion(world);
    }

    /** From now on these, and no others: for a while it is two, while one is rolled. */
    public void setAcceptedKeys(Set<String> keys) {
        this.keys = keys;
    }

    public void handle(HttpExchange exchange) throws IOException {
        String request = SandboxState.id("req_");
        exchange.getResponseHeaders().set("Request-Id", request);
        SandboxHttp.header(exchange, "Stripe-Version")
                .ifPresent(it -> exchange.getResponseHeaders().set("Stripe-Version", it));
        SandboxOutages.OutageMode mode = outages.applyToRequest();
        if (mode == SandboxOutages.OutageMode.DOWN) {
            return; // and the connection is closed
        }
        SandboxIdempotency.IdempotentReply reply;
        try {
            authenticate(exchange);
            reply = reply(mode, exchange, call(exchange, request));
        } catch (SandboxApiError refusal) {
            reply = refused(refusal);
        }
        if (reply.replayed()) {
            exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
        }
        SandboxHttp.json(exchange, reply.status(), reply.body());
    }

    private static SandboxApiRequest call(HttpExchange exchange, String request) throws IOException {
        String method = exchange.getRequestMethod();
        String query = exchange.getRequestURI().getRawQuery();
        String said = method.equals("POST") ? SandboxHttp.body(exchange) : query;
        String key = SandboxHttp.header(exchange, "Idempotency-Key").orElse(null);
        return new SandboxApiRequest(method, SandboxHttp.path(exchange), SandboxForm.decode(said), request, key);
    }

    private void authenticate(HttpExchange exchange) {
        String given = SandboxHttp.header(exchange, "Authorization").orElse("");
        if (given.startsWith("Basic ")) {
            given = "Bearer "
                    + new String(Base64.getDecoder().decode(given.substring(6)), StandardCharsets.UTF_8)
                            .replaceFirst(":.*", "");
        }
        if (given.isEmpty()) {
            throw SandboxApiError.of(401, "You did not provide an API key.");
        }
        if (keys.stream().map("Bearer "::concat).noneMatch(given::equals)) {
            throw SandboxApiError.of(401, "Invalid API Key provided.");
        }
    }

    private SandboxIdempotency.IdempotentReply reply(
            SandboxOutages.OutageMode mode, HttpExchange exchange, SandboxApiRequest call) {
        if (mode == SandboxOutages.OutageMode.LIMIT) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            return refused(SandboxApiError.of(429, "Too many requests hit the API too quickly.")
                    .with("code", "rate_limit"));
        }
        return world.locked(() -> {
            lives.runDue(world.clockInstant());
            SandboxHttp.header(exchange, "Stripe-Version")
                    .ifPresent(it -> world.settings("api").put("version", it));
            return idempotency.replayOrRun(
                    call, () -> mode == SandboxOutages.OutageMode.FAIL ? failure() : answer(call));
        });
    }

    private SandboxIdempotency.IdempotentReply answer(SandboxApiRequest call) {
        events.setCause(call);
        try {
            ObjectNode answer =
                    expansion.expand(routes.handle(call), call.form().texts("expand"));
            return new SandboxIdempotency.IdempotentReply(200, answer, false);
        } catch (SandboxApiError refusal) {
            return refused(refusal);
        } catch (RuntimeException e) {
            LOG.errorf(e, "The sandbox failed at %s %s", call.method(), call.path());
            return failure();
        } finally {
            events.setCause(null);
        }
    }

    private static SandboxIdempotency.IdempotentReply failure() {
        return refused(SandboxApiError.of(500, "An unknown error occurred."));
    }

    private static SandboxIdempotency.IdempotentReply refused(SandboxApiError refusal) {
        return new SandboxIdempotency.IdempotentReply(refusal.status(), refusal.body(), false);
    }
}
