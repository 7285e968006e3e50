package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jboss.logging.Logger;

/** Answers what comes to {@code /v1/}: first the weather, then the key, then the idempotency, then the matter itself. */
final class Api {
    static final String KEY = "sk_test_gatefoldSandbox";

    private static final Logger LOG = Logger.getLogger(Api.class);

    private final World world;
    private final Routes routes;
    private final Events events;
    private final Lives lives;
    private final Outages outages;
    private final Idempotency idempotency;
    private final Expansion expansion;
    private volatile Set<String> keys = Set.of(KEY);

    Api(World world, Routes routes, Events events, Lives lives, Outages outages) {
        this.world = world;
        this.routes = routes;
        this.events = events;
        this.lives = lives;
        this.outages = outages;
        this.idempotency = new Idempotency(world);
        this.expansion = new Expansion(world);
    }

    /** From now on these, and no others: for a while it is two, while one is rolled. */
    void take(Set<String> keys) {
        this.keys = keys;
    }

    void handle(HttpExchange exchange) throws IOException {
        String request = World.id("req_");
        exchange.getResponseHeaders().set("Request-Id", request);
        Http.header(exchange, "Stripe-Version")
                .ifPresent(it -> exchange.getResponseHeaders().set("Stripe-Version", it));
        Outages.Mode mode = outages.meet();
        if (mode == Outages.Mode.DOWN) {
            return; // and the connection is closed
        }
        Idempotency.Reply reply;
        try {
            authenticate(exchange);
            reply = reply(mode, exchange, call(exchange, request));
        } catch (Refusal refusal) {
            reply = refused(refusal);
        }
        if (reply.replayed()) {
            exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
        }
        Http.json(exchange, reply.status(), reply.body());
    }

    private static Call call(HttpExchange exchange, String request) throws IOException {
        String method = exchange.getRequestMethod();
        String query = exchange.getRequestURI().getRawQuery();
        String said = method.equals("POST") ? Http.body(exchange) : query;
        String key = Http.header(exchange, "Idempotency-Key").orElse(null);
        return new Call(method, Http.path(exchange), Form.decode(said), request, key);
    }

    private void authenticate(HttpExchange exchange) {
        String given = Http.header(exchange, "Authorization").orElse("");
        if (given.startsWith("Basic ")) {
            given = "Bearer "
                    + new String(Base64.getDecoder().decode(given.substring(6)), StandardCharsets.UTF_8)
                            .replaceFirst(":.*", "");
        }
        if (given.isEmpty()) {
            throw Refusal.of(401, "You did not provide an API key.");
        }
        if (keys.stream().map("Bearer "::concat).noneMatch(given::equals)) {
            throw Refusal.of(401, "Invalid API Key provided.");
        }
    }

    private Idempotency.Reply reply(Outages.Mode mode, HttpExchange exchange, Call call) {
        if (mode == Outages.Mode.LIMIT) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            return refused(Refusal.of(429, "Too many requests hit the API too quickly.")
                    .with("code", "rate_limit"));
        }
        return world.locked(() -> {
            lives.play(world.clock());
            Http.header(exchange, "Stripe-Version")
                    .ifPresent(it -> world.settings("api").put("version", it));
            return idempotency.once(call, () -> mode == Outages.Mode.FAIL ? failure() : answer(call));
        });
    }

    private Idempotency.Reply answer(Call call) {
        events.because(call);
        try {
            ObjectNode answer =
                    expansion.expand(routes.answer(call), call.form().texts("expand"));
            return new Idempotency.Reply(200, answer, false);
        } catch (Refusal refusal) {
            return refused(refusal);
        } catch (RuntimeException e) {
            LOG.errorf(e, "The sandbox failed at %s %s", call.method(), call.path());
            return failure();
        } finally {
            events.because(null);
        }
    }

    private static Idempotency.Reply failure() {
        return refused(Refusal.of(500, "An unknown error occurred."));
    }

    private static Idempotency.Reply refused(Refusal refusal) {
        return new Idempotency.Reply(refusal.status(), refusal.body(), false);
    }
}
