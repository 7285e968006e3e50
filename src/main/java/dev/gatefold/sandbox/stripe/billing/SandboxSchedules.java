package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.util.List;
import java.util.Optional;

/** Runs the phases of subscription schedules, and ends schedules. */
public final class SandboxSchedules {
    private final SandboxState state;
    private final SandboxEvents events;
    private final SandboxSubscriptionUpdates updates;
    private final SandboxSubscriptionEndings endings;

    public SandboxSchedules(
            SandboxState state,
            SandboxEvents events,
            SandboxSubscriptionUpdates updates,
            SandboxSubscriptionEndings endings) {
        this.state = state;
        this.events = events;
        this.updates = updates;
        this.endings = endings;
    }

    /** Starts the next phase, or ends the schedule after its last phase. */
    void advance(ObjectNode schedule) {
        Optional<JsonNode> next = phaseFrom(schedule, currentEnd(schedule));
        ObjectNode subscription =
                state.require("subscription", schedule.path("subscription").asText());
        if (next.isPresent()) {
            events.updateAndEmit("subscription_schedule.updated", schedule, () -> enter(schedule, next.get()));
            updates.apply(subscription, changes(subscription, next.get()));
        } else if (schedule.path("end_behavior").asText().equals("cancel")) {
            end(schedule, "completed", "completed_at");
            endings.cancel(subscription, null);
        } else {
            release(schedule);
        }
    }

    /** Makes the phase the current one. */
    public static void enter(ObjectNode schedule, JsonNode phase) {
        ObjectNode current = SandboxJson.child(schedule, "current_phase");
        current.set("start_date", phase.get("start_date"));
        current.set("end_date", phase.get("end_date"));
    }

    static long currentEnd(ObjectNode schedule) {
        return schedule.path("current_phase").path("end_date").asLong();
    }

    private static Optional<JsonNode> phaseFrom(ObjectNode schedule, long start) {
        return SandboxJson.stream(schedule.path("phases"))
                .filter(it -> it.path("start_date").asLong() >= start)
                .findFirst();
    }

    /** Returns the update that gives the subscription the prices, quantities and discounts of the phase. */
    public static SandboxForm changes(ObjectNode subscription, JsonNode phase) {
        ObjectNode fields = SandboxJson.object();
        fields.set("proration_behavior", phase.get("proration_behavior"));
        List<ObjectNode> items = SandboxSubscriptionBilling.items(subscription);
        int count = Math.max(items.size(), phase.path("items").size());
        for (int i = 0; i < count; i++) {
            ObjectNode change = SandboxJson.child(fields, "items").putObject(String.valueOf(i));
            if (i < items.size()) {
                change.put("id", SandboxState.id(items.get(i)));
            }
            JsonNode wanted = phase.path("items").path(i);
            if (wanted.isMissingNode()) {
                change.put("deleted", "true");
            } else {
                change.set("price", wanted.get("price"));
                change.put("quantity", wanted.path("quantity").asText("1"));
            }
        }
        for (JsonNode discount : phase.path("discounts")) {
            ObjectNode discounts = SandboxJson.child(fields, "discounts");
            discounts.putObject(String.valueOf(discounts.size())).setAll((ObjectNode) discount);
        }
        return new SandboxForm(fields);
    }

    /** Ends the schedule and leaves the subscription as it is. */
    public ObjectNode release(ObjectNode schedule) {
        schedule.set("released_subscription", schedule.get("subscription"));
        end(schedule, "released", "released_at");
        return schedule;
    }

    /** Ends the schedule and cancels the subscription. */
    public ObjectNode cancel(ObjectNode schedule) {
        ObjectNode subscription =
                state.require("subscription", schedule.path("subscription").asText());
        end(schedule, "canceled", "canceled_at");
        endings.cancel(subscription, "cancellation_requested");
        return schedule;
    }

    private void end(ObjectNode schedule, String status, String timestamp) {
        schedule.put("status", status).put(timestamp, state.nowEpochSeconds()).putNull("current_phase");
        events.emit("subscription_schedule." + status, schedule);
        state.find("subscription", schedule.path("subscription").asText())
                .ifPresent(
                        it -> events.updateAndEmit("customer.subscription.updated", it, () -> it.putNull("schedule")));
        if (status.equals("released")) {
            schedule.putNull("subscription");
        }
    }

    /** Returns the phase that starts with the next billing period, if a schedule changes it. */
    Optional<JsonNode> nextPhase(ObjectNode subscription) {
        return active(subscription)
                .filter(it -> currentEnd(it) <= SandboxSubscriptionBilling.periodEnd(subscription))
                .flatMap(it -> phaseFrom(it, currentEnd(it)));
    }

    /** Returns true if the schedule cancels the subscription before its next billing period. */
    boolean cancelsBeforeNextPeriod(ObjectNode subscription) {
        return active(subscription)
                .filter(it -> it.path("end_behavior").asText().equals("cancel"))
                .filter(it -> currentEnd(it) <= SandboxSubscriptionBilling.periodEnd(subscription))
                .filter(it -> phaseFrom(it, currentEnd(it)).isEmpty())
                .isPresent();
    }

    private Optional<ObjectNode> active(ObjectNode subscription) {
        return state.find("subscription_schedule", subscription.path("schedule").asText());
    }
}
