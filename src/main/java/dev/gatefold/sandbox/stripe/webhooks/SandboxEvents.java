package dev.gatefold.sandbox.stripe.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxLists;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Events with a copy of the object at that time. Lists go back 30 days; the newest 2,000 events are stored. */
public final class SandboxEvents {
    /** Version of events until the client has sent a version of its own. */
    private static final String API_VERSION = "2026-07-29.dahlia";

    private static final Duration RETENTION = Duration.ofDays(30);
    private static final int MAX_STORED = 2000;

    private final SandboxState state;
    private final SandboxWebhookDeliveries deliveries;
    private SandboxApiRequest cause;

    public SandboxEvents(SandboxState state, SandboxWebhookDeliveries deliveries) {
        this.state = state;
        this.deliveries = deliveries;
    }

    /** Sets the request that causes the next events; null for events that time causes. */
    public void setCause(SandboxApiRequest request) {
        cause = request;
    }

    /** Stores an event about the object as it is now, and queues its delivery. */
    public ObjectNode emit(String type, ObjectNode object) {
        return emit(type, object, null);
    }

    /** Applies a change and emits an event with the previous values of the changed fields. Emits nothing if none changed. */
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
        ObjectNode event = state.create("event");
        event.put("type", type);
        event.put("api_version", state.settings("api").path("version").asText(API_VERSION));
        ObjectNode data = SandboxJson.child(event, "data");
        data.set("object", object.deepCopy());
        if (previous != null) {
            data.set("previous_attributes", previous);
        }
        if (cause != null) {
            SandboxJson.child(event, "request")
                    .put("id", cause.requestId())
                    .put("idempotency_key", cause.idempotencyKey());
        }
        deliveries.enqueue(event);
        if (state.all("event").size() > MAX_STORED) {
            state.remove(state.all("event").iterator().next());
        }
        return event;
    }

    public ObjectNode list(SandboxApiRequest request) {
        SandboxForm form = request.form();
        List<String> types = form.has("types")
                ? form.texts("types")
                : form.text("type").stream().toList();
        long oldest = state.nowEpochSeconds() - RETENTION.toSeconds();
        return SandboxLists.page(
                request,
                state.all("event"),
                event -> event.path("created").asLong() >= oldest
                        && (types.isEmpty()
                                || types.stream()
                                        .anyMatch(it ->
                                                matches(it, event.path("type").asText())))
                        && form.flag("delivery_success")
                                .map(it -> it == deliveries.succeeded(event))
                                .orElse(true));
    }

    private static boolean matches(String pattern, String type) {
        return pattern.endsWith("*")
                ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                : type.equals(pattern);
    }
}
