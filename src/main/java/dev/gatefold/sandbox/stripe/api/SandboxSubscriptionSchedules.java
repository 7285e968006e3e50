package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;

/** The API of subscription schedules: a schedule takes over an existing subscription, whose cancellation it then controls. */
final class SandboxSubscriptionSchedules {
    private final SandboxState state;
    private final SandboxEvents events;

    SandboxSubscriptionSchedules(SandboxState state, SandboxEvents events) {
        this.state = state;
        this.events = events;
    }

    ObjectNode create(SandboxApiRequest request) {
        ObjectNode subscription = state.require("subscription", request.form().required("from_subscription"));
        ObjectNode schedule = state.create("subscription_schedule");
        schedule.put("subscription", SandboxState.id(subscription));
        schedule.set("customer", subscription.get("customer"));
        events.emit("subscription_schedule.created", schedule);
        setSchedule(subscription, schedule);
        return schedule;
    }

    /** Releases the subscription, which continues as it is. */
    ObjectNode release(SandboxApiRequest request) {
        ObjectNode schedule = state.require("subscription_schedule", request.id());
        if (!schedule.path("status").asText().equals("active")) {
            throw SandboxApiError.of(
                    400, "You cannot release a subscription schedule that is not `not_started` or `active`.");
        }
        ObjectNode subscription =
                state.require("subscription", schedule.path("subscription").asText());
        schedule.put("status", "released").put("released_at", state.nowEpochSeconds());
        schedule.put("released_subscription", SandboxState.id(subscription)).putNull("subscription");
        events.emit("subscription_schedule.released", schedule);
        setSchedule(subscription, null);
        return schedule;
    }

    private void setSchedule(ObjectNode subscription, ObjectNode schedule) {
        events.updateAndEmit(
                "customer.subscription.updated",
                subscription,
                () -> subscription.put("schedule", schedule == null ? null : SandboxState.id(schedule)));
    }
}
