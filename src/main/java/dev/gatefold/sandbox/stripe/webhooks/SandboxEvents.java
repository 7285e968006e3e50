package dev.gatefold.sandbox.stripe.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxLists;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What happened, each with the object as it was then. Kept for thirty days, and no more than a machine can bear. */
public final class SandboxEvents {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int MOST = 2000;

    private final SandboxState world;
    private final SandboxWebhookDeliveries deliveries;
    private SandboxApiRequest cause;

    public SandboxEvents(SandboxState world, SandboxWebhookDeliveries deliveries) {
        this.world = world;
        this.deliveries = deliveries;
    }

    /** From here on it happens because of this call; because of time, if there is none. */
    public void setCause(SandboxApiRequest call) {
        cause = call;
    }

    public ObjectNode emit(String type, ObjectNode object) {
        return emit(type, object, null);
    }

    /** Makes a change, and tells of it with what stood there before, unless nothing changed. */
    public void updateAndEmit(String type, ObjectNode object, Runnable change) {
        ObjectNode before = object.deepCopy();
        change.run();
        ObjectNode previous = SandboxJson.object();
        for (var member : before.properties()) {
            if (!Objects.equals(member.getValue(), object.get(member.getKey()))) {
                previous.set(member.getKey(), member.getValue());
            }
        }
        if (!previous.isEmpty()) {
            emit(type, object, previous);
        }
    }

    private ObjectNode emit(String type, ObjectNode object, JsonNode previous) {
        ObjectNode event = world.create("event");
        event.put("type", type);
        event.put("api_version", world.settings("api").path("version").asText(StripeSandbox.API_VERSION));
        ObjectNode data = SandboxJson.child(event, "data");
        data.set("object", object.deepCopy());
        if (previous != null) {
            data.set("previous_attributes", previous);
        }
        if (cause != null) {
            SandboxJson.child(event, "request")
                    .put("id", cause.request())
                    .put("idempotency_key", cause.idempotencyKey());
        }
        deliveries.enqueue(event);
        if (world.all("event").size() > MOST) {
            world.remove(world.all("event").iterator().next());
        }
        return event;
    }

    public ObjectNode list(SandboxApiRequest call) {
        SandboxForm form = call.form();
        List<String> types = form.has("types")
                ? form.texts("types")
                : form.text("type").stream().toList();
        long oldest = world.nowEpochSeconds() - KEPT.toSeconds();
        return SandboxLists.page(
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
