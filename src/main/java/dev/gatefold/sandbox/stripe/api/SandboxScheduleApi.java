package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.billing.SandboxBillingPeriods;
import dev.gatefold.sandbox.stripe.billing.SandboxSchedules;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionBilling;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionUpdates;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxLists;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.util.List;
import java.util.Optional;

/** The API of subscription schedules. Schedules are created from existing subscriptions only. */
final class SandboxScheduleApi {
    private final SandboxState state;
    private final SandboxEvents events;
    private final SandboxSchedules schedules;
    private final SandboxSubscriptionUpdates updates;

    SandboxScheduleApi(
            SandboxState state, SandboxEvents events, SandboxSchedules schedules, SandboxSubscriptionUpdates updates) {
        this.state = state;
        this.events = events;
        this.schedules = schedules;
        this.updates = updates;
    }

    /** Creates a schedule whose only phase is the current period of the subscription. */
    ObjectNode create(SandboxApiRequest request) {
        String id = request.form().required("from_subscription");
        ObjectNode subscription = state.find("subscription", id)
                .filter(it -> !it.hasNonNull("ended_at"))
                .orElseThrow(() -> SandboxApiError.resourceMissing("subscription", id, "from_subscription"));
        if (subscription.hasNonNull("schedule")) {
            throw SandboxApiError.of(
                    400,
                    "You cannot migrate a subscription that is already attached to a schedule: "
                            + subscription.path("schedule").asText());
        }
        ObjectNode schedule = state.create("subscription_schedule");
        schedule.put("subscription", id).set("customer", subscription.get("customer"));
        ObjectNode item = SandboxSubscriptionBilling.items(subscription).getFirst();
        ObjectNode phase = phase(
                schedule,
                subscription.get("currency"),
                item.path("current_period_start").asLong(),
                item.path("current_period_end").asLong());
        SandboxSubscriptionBilling.items(subscription)
                .forEach(it -> addItem(
                        phase,
                        it.path("price").path("id").asText(),
                        it.path("quantity").asLong()));
        SandboxSchedules.enter(schedule, phase);
        events.emit("subscription_schedule.created", schedule);
        events.updateAndEmit(
                "customer.subscription.updated",
                subscription,
                () -> subscription.put("schedule", SandboxState.id(schedule)));
        return schedule;
    }

    private static ObjectNode phase(ObjectNode schedule, JsonNode currency, long start, long end) {
        ObjectNode phase = schedule.withArray("/phases").addObject();
        phase.put("start_date", start).put("end_date", end).put("proration_behavior", "create_prorations");
        phase.set("currency", currency);
        phase.putArray("items");
        phase.putArray("discounts");
        phase.putArray("add_invoice_items");
        phase.putObject("metadata");
        return phase.putNull("trial_end");
    }

    private static void addItem(ObjectNode phase, String price, long quantity) {
        ObjectNode item = phase.withArray("/items").addObject();
        item.put("price", price).put("plan", price).put("quantity", quantity);
        item.putArray("discounts");
        item.putObject("metadata");
    }

    ObjectNode update(SandboxApiRequest request) {
        ObjectNode schedule = requireActive(request);
        SandboxForm form = request.form();
        events.updateAndEmit("subscription_schedule.updated", schedule, () -> {
            form.copy(schedule, "end_behavior");
            form.copyMetadata(schedule);
            if (form.has("phases")) {
                replacePhases(schedule, form.children("phases"));
            }
        });
        ObjectNode subscription = subscription(schedule);
        updates.apply(subscription, SandboxSchedules.changes(subscription, current(schedule)));
        return schedule;
    }

    private ObjectNode subscription(ObjectNode schedule) {
        return state.require("subscription", schedule.path("subscription").asText());
    }

    private void replacePhases(ObjectNode schedule, List<SandboxForm> requested) {
        JsonNode currency = subscription(schedule).get("currency");
        long start = schedule.path("phases").path(0).path("start_date").asLong();
        schedule.set("phases", SandboxJson.object().putArray("phases"));
        for (SandboxForm form : requested) {
            long from = form.number("start_date").orElse(start);
            ObjectNode phase = phase(schedule, currency, from, 0);
            form.copy(phase, "proration_behavior");
            form.children("items")
                    .forEach(it -> addItem(
                            phase,
                            price(it.required("price")),
                            it.number("quantity").orElse(1L)));
            form.children("discounts")
                    .forEach(it -> phase.withArray("/discounts").add(it.fields()));
            start = end(form, phase, from);
            phase.put("end_date", start);
        }
        SandboxSchedules.enter(schedule, current(schedule));
    }

    private String price(String id) {
        return state.find("price", id)
                .map(SandboxState::id)
                .orElseThrow(() -> SandboxApiError.resourceMissing("price", id, "phases[items][price]"));
    }

    /** Returns the requested end: an instant, a duration, or else one billing period. */
    private long end(SandboxForm form, ObjectNode phase, long start) {
        Optional<Long> end = form.number("end_date");
        if (end.isPresent()) {
            return end.get();
        }
        ObjectNode recurring = form.has("duration")
                ? form.child("duration").fields()
                : (ObjectNode) state.require(
                                "price",
                                phase.path("items").path(0).path("price").asText())
                        .get("recurring");
        return SandboxBillingPeriods.end(start, start, recurring);
    }

    private JsonNode current(ObjectNode schedule) {
        ArrayNode phases = (ArrayNode) schedule.get("phases");
        return SandboxJson.stream(phases)
                .filter(it -> it.path("end_date").asLong() > state.nowEpochSeconds())
                .findFirst()
                .orElseThrow(() -> SandboxApiError.invalidParam("phases", "The last phase must end in the future."));
    }

    ObjectNode release(SandboxApiRequest request) {
        return schedules.release(requireActive(request));
    }

    ObjectNode cancel(SandboxApiRequest request) {
        return schedules.cancel(requireActive(request));
    }

    private ObjectNode requireActive(SandboxApiRequest request) {
        ObjectNode schedule = state.require("subscription_schedule", request.id());
        String status = schedule.path("status").asText();
        if (!status.equals("active")) {
            throw SandboxApiError.of(
                    400, "You cannot change a subscription schedule that is currently in the `" + status + "` status.");
        }
        return schedule;
    }

    ObjectNode list(SandboxApiRequest request) {
        return SandboxLists.page(
                request, state.all("subscription_schedule"), SandboxLists.matching(request.form(), "customer"));
    }
}
