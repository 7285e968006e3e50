package dev.gatefold.sandbox.stripe.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.api.SandboxComponents;
import dev.gatefold.sandbox.stripe.api.SandboxOutageSettings;
import dev.gatefold.sandbox.stripe.api.SandboxOutages;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxDeliveryState;
import java.util.List;
import java.util.Optional;

/** Shows and resets the whole sandbox. The caller holds the lock of the state. */
record SandboxOverview(SandboxState state, SandboxComponents components, SandboxOutages outages, String url) {
    private static final List<String> SUBSCRIPTION_KINDS = List.of(
            "checkout.session",
            "subscription",
            "invoice",
            "invoice_payment",
            "payment_intent",
            "charge",
            "refund",
            "dispute",
            "event");

    /** Returns the clock, the settings, and the numbers of objects and of events by delivery state. */
    JsonNode toJson() {
        ObjectNode overview = SandboxJson.object();
        overview.put("url", url).put("now", state.clockInstant().toString());
        overview.set("api", SandboxJson.of(outages.current()));
        ObjectNode webhooks = overview.putObject("webhooks")
                .put("mode", components.deliveries.mode().name());
        webhooks.setAll(state.settings("webhooks"));
        overview.set("billing", state.settings("billing").deepCopy());
        ObjectNode counts = overview.putObject("counts");
        for (String kind : List.of("customer", "checkout.session", "subscription", "invoice", "charge", "event")) {
            counts.put(kind, state.all(kind).size());
        }
        ObjectNode events = overview.putObject("events");
        for (SandboxDeliveryState deliveryState : SandboxDeliveryState.values()) {
            events.put(
                    deliveryState.name(),
                    state.all("event").stream()
                            .filter(it -> components.deliveries.state(it) == deliveryState)
                            .count());
        }
        state.all("event").stream()
                .filter(it -> components.deliveries.state(it) == SandboxDeliveryState.HELD)
                .forEach(it -> overview.withArray("/held")
                        .addObject()
                        .put("id", SandboxState.id(it))
                        .put("type", it.path("type").asText()));
        return overview;
    }

    /** Deletes everything except the webhook URL, and returns the new overview. */
    JsonNode reset() {
        Optional<String> url = SandboxJson.text(state.settings("webhooks"), "url");
        state.clear();
        url.ifPresent(it -> state.settings("webhooks").put("url", it));
        outages.change(SandboxOutageSettings.HEALTHY);
        components.catalog.seed();
        return toJson();
    }

    /** Deletes subscriptions and everything that belongs to them. Customers, products and prices remain. */
    JsonNode deleteSubscriptions() {
        SUBSCRIPTION_KINDS.forEach(kind -> List.copyOf(state.all(kind)).forEach(state::remove));
        return toJson();
    }
}
