package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What happened, each with the object as it was then. Kept for thirty days, and no more than a machine can bear. */
final class Events {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int MOST = 2000;

    private final World world;
    private final Deliveries deliveries;
    private Call cause;

    Events(World world, Deliveries deliveries) {
        this.world = world;
        this.deliveries = deliveries;
    }

    /** From here on it happens because of this call; because of time, if there is none. */
    void because(Call call) {
        cause = call;
    }

    ObjectNode tell(String type, ObjectNode object) {
        return tell(type, object, null);
    }

    /** Makes a change, and tells of it with what stood there before, unless nothing changed. */
    void change(String type, ObjectNode object, Runnable change) {
        ObjectNode before = object.deepCopy();
        change.run();
        ObjectNode previous = Json.object();
        for (var member : before.properties()) {
            if (!Objects.equals(member.getValue(), object.get(member.getKey()))) {
                previous.set(member.getKey(), member.getValue());
            }
        }
        if (!previous.isEmpty()) {
            tell(type, object, previous);
        }
    }

    private ObjectNode tell(String type, ObjectNode object, JsonNode previous) {
        ObjectNode event = world.create("event");
        event.put("type", type);
        event.put("api_version", world.settings("api").path("version").asText(StripeSandbox.API_VERSION));
        ObjectNode data = Json.child(event, "data");
        data.set("object", object.deepCopy());
        if (previous != null) {
            data.set("previous_attributes", previous);
        }
        if (cause != null) {
            Json.child(event, "request").put("id", cause.request()).put("idempotency_key", cause.idempotencyKey());
        }
        deliveries.enqueue(event);
        if (world.all("event").size() > MOST) {
            world.forget(world.all("event").iterator().next());
        }
        return event;
    }

    ObjectNode list(Call call) {
        Form form = call.form();
        List<String> types = form.has("types")
                ? form.texts("types")
                : form.text("type").stream().toList();
        long oldest = world.seconds() - KEPT.toSeconds();
        return Lists.page(
                call,
                world.all("event"),
                event -> event.path("created").asLong() >= oldest
                        && (types.isEmpty()
                                || types.stream()
                                        .anyMatch(it ->
                                                matches(it, event.path("type").asText())))
                        && form.flag("delivery_success")
                                .map(it -> it == deliveries.succeeded(event))
                                .orElse(true));
    }

    private static boolean matches(String wanted, String type) {
        return wanted.endsWith("*") ? type.startsWith(wanted.substring(0, wanted.length() - 1)) : type.equals(wanted);
    }
}
