package dev.gatefold.sandbox.stripe.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** The controls of webhook deliveries. */
public final class SandboxWebhookControls {
    private static final int MAX_DUPLICATES = 5;

    private final SandboxState state;
    private final SandboxWebhookDeliveries deliveries;

    public SandboxWebhookControls(SandboxState state, SandboxWebhookDeliveries deliveries) {
        this.state = state;
        this.deliveries = deliveries;
    }

    /** Changes the settings that the body contains. Null removes a setting. */
    public JsonNode set(JsonNode body) {
        return state.locked(() -> {
            ObjectNode settings = state.settings("webhooks");
            if (body.hasNonNull("mode")) {
                settings.put(
                        "mode",
                        SandboxDeliveryMode.valueOf(body.path("mode").asText()).name());
            }
            check(body);
            for (String name : List.of("url", "duplicates", "shuffle", "dropEvery")) {
                if (body.has(name)) {
                    settings.set(name, body.get(name));
                }
            }
            return settings.deepCopy();
        });
    }

    private static void check(JsonNode body) {
        int duplicates = body.path("duplicates").asInt();
        String url = body.path("url").asText("");
        boolean http = URI.create(url).getHost() != null && url.startsWith("http");
        if (duplicates < 0 || duplicates > MAX_DUPLICATES || (body.hasNonNull("url") && !http)) {
            throw SandboxApiError.of(
                    400, "url must be an http or https URL, and duplicates between 0 and " + MAX_DUPLICATES + ".");
        }
    }

    /** Delivers the held events: in the order given as {@code order}, shuffled by the seed {@code shuffle}, or oldest first. */
    public JsonNode release(JsonNode body) {
        check(body);
        List<ObjectNode> released = state.locked(() -> {
            List<ObjectNode> held = new ArrayList<>(events(it -> deliveries.state(it) == SandboxDeliveryState.HELD));
            if (body.path("order").isArray()) {
                List<String> order = SandboxJson.stream(body.path("order"))
                        .map(JsonNode::asText)
                        .toList();
                held = order.stream().map(id -> state.require("event", id)).toList();
            } else if (body.hasNonNull("shuffle")) {
                Collections.shuffle(held, new Random(body.path("shuffle").asLong()));
            }
            held.forEach(it -> state.internalData(it).put("state", SandboxDeliveryState.PENDING.name()));
            return held;
        });
        return deliver(released, body.path("duplicates").asInt());
    }

    /** Delivers events again: the one with id {@code event}, or all since the instant {@code since}. */
    public JsonNode replay(JsonNode body) {
        List<ObjectNode> again = state.locked(() -> {
            if (body.hasNonNull("event")) {
                return List.of(state.require("event", body.path("event").asText()));
            }
            long since = Instant.parse(body.path("since").asText()).getEpochSecond();
            return events(it -> it.path("created").asLong() >= since);
        });
        return deliver(again, 0);
    }

    private List<ObjectNode> events(Predicate<ObjectNode> filter) {
        return state.all("event").stream().filter(filter).toList();
    }

    private JsonNode deliver(List<ObjectNode> events, int duplicates) {
        deliveries.deliver(events, duplicates);
        ObjectNode response = SandboxJson.object();
        events.forEach(it -> response.withArray("/events").add(SandboxState.id(it)));
        return response;
    }
}
