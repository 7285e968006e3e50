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

/** The controls of the deliveries. */
public final class SandboxWebhookControls {
    private static final int MOST_DUPLICATES = 5;

    private final SandboxState world;
    private final SandboxWebhookDeliveries deliveries;

    public SandboxWebhookControls(SandboxState world, SandboxWebhookDeliveries deliveries) {
        this.world = world;
        this.deliveries = deliveries;
    }

    /** Sets what is named, and leaves the rest; null takes something away. */
    public JsonNode set(JsonNode body) {
        return world.locked(() -> {
            ObjectNode settings = world.settings("webhooks");
            if (body.hasNonNull("mode")) {
                settings.put(
                        "mode",
                        SandboxWebhookDeliveries.DeliveryMode.valueOf(
                                        body.path("mode").asText())
                                .name());
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
        if (duplicates < 0 || duplicates > MOST_DUPLICATES || (body.hasNonNull("url") && !http)) {
            throw SandboxApiError.of(
                    400, "The url is an http address, and duplicates are 0 to " + MOST_DUPLICATES + ".");
        }
    }

    /** Lets go what is held: in the order that is named, or shuffled, or as it happened. */
    public JsonNode release(JsonNode body) {
        check(body);
        List<ObjectNode> released = world.locked(() -> {
            List<ObjectNode> held =
                    new ArrayList<>(events(it -> deliveries.state(it) == SandboxWebhookDeliveries.DeliveryState.HELD));
            if (body.path("order").isArray()) {
                List<String> order = SandboxJson.stream(body.path("order"))
                        .map(JsonNode::asText)
                        .toList();
                held = order.stream().map(id -> world.require("event", id)).toList();
            } else if (body.hasNonNull("shuffle")) {
                Collections.shuffle(held, new Random(body.path("shuffle").asLong()));
            }
            held.forEach(
                    it -> world.internalData(it).put("state", SandboxWebhookDeliveries.DeliveryState.PENDING.name()));
            return held;
        });
        return deliver(released, body.path("duplicates").asInt());
    }

    /** Once more: one, or all since an instant. */
    public JsonNode replay(JsonNode body) {
        List<ObjectNode> again = world.locked(() -> {
            if (body.hasNonNull("event")) {
                return List.of(world.require("event", body.path("event").asText()));
            }
            long since = Instant.parse(body.path("since").asText()).getEpochSecond();
            return events(it -> it.path("created").asLong() >= since);
        });
        return deliver(again, 0);
    }

    private List<ObjectNode> events(Predicate<ObjectNode> wanted) {
        return world.all("event").stream().filter(wanted).toList();
    }

    private JsonNode deliver(List<ObjectNode> events, int duplicates) {
        deliveries.deliver(events, duplicates);
        ObjectNode answer = SandboxJson.object();
        events.forEach(it -> answer.withArray("/events").add(SandboxState.id(it)));
        return answer;
    }
}
