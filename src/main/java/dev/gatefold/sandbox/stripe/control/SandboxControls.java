package dev.gatefold.sandbox.stripe.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import dev.gatefold.sandbox.stripe.api.SandboxComponents;
import dev.gatefold.sandbox.stripe.api.SandboxOutages;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentCollection;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethods;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxWebhookControls;
import dev.gatefold.sandbox.stripe.webhooks.SandboxWebhookDeliveries;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The controls, each with what it moves. Where time may have passed, that is played first. */
public final class SandboxControls {
    private static final List<String> OF_SUBSCRIPTIONS = List.of(
            "checkout.session",
            "subscription",
            "invoice",
            "invoice_payment",
            "payment_intent",
            "charge",
            "refund",
            "dispute",
            "event");

    private final SandboxState world;
    private final SandboxComponents works;
    private final SandboxOutages outages;
    private final StripeSandbox sandbox;

    public SandboxControls(SandboxState world, SandboxComponents works, SandboxOutages outages, StripeSandbox sandbox) {
        this.world = world;
        this.works = works;
        this.outages = outages;
        this.sandbox = sandbox;
    }

    public SandboxControlHandler controls() {
        SandboxControlHandler controls = new SandboxControlHandler();
        SandboxWebhookControls webhooks = new SandboxWebhookControls(world, works.deliveries);
        controls.on("GET", (path, body) -> world.locked(this::glance));
        controls.on("DELETE", (path, body) -> world.locked(this::forget));
        controls.on("DELETE subscriptions", (path, body) -> world.locked(this::forgetSubscriptions));
        controls.on("PUT webhooks", (path, body) -> webhooks.set(body));
        controls.on("POST webhooks", (path, body) -> switch (last(path)) {
            case "release" -> webhooks.release(body);
            case "replay" -> webhooks.replay(body);
            default -> throw SandboxApiError.of(404, "Release or replay?");
        });
        controls.on("PUT api", (path, body) -> api(body));
        controls.on("PUT billing", (path, body) -> world.locked(() -> billing(body)));
        controls.on("PUT customers", (path, body) -> played(() -> card(path.get(1), body)));
        controls.on(
                "POST subscriptions",
                (path, body) -> played(() -> new SandboxSubscriptionActions(world, works)
                        .perform(path.get(1), last(path), body)
                        .deepCopy()));
        controls.on(
                "POST sessions",
                (path, body) -> SandboxJson.object().put("redirect", performCheckoutAction(path.get(1), last(path))));
        controls.on("POST settle", (path, body) -> played(SandboxJson::object));
        return controls;
    }

    private static String last(List<String> path) {
        return path.getLast();
    }

    private JsonNode played(Supplier<JsonNode> work) {
        JsonNode answer = world.locked(() -> {
            works.lifecycle.runDue(world.clockInstant());
            return work.get();
        });
        sandbox.processDue();
        return answer;
    }

    private JsonNode glance() {
        ObjectNode glance = SandboxJson.object();
        glance.put("url", sandbox.url()).put("now", world.clockInstant().toString());
        glance.set("api", SandboxJson.of(outages.current()));
        ObjectNode webhooks =
                glance.putObject("webhooks").put("mode", works.deliveries.mode().name());
        webhooks.setAll(world.settings("webhooks"));
        glance.set("billing", world.settings("billing").deepCopy());
        ObjectNode counts = glance.putObject("counts");
        for (String kind : List.of("customer", "checkout.session", "subscription", "invoice", "charge", "event")) {
            counts.put(kind, world.all(kind).size());
        }
        ObjectNode events = glance.putObject("events");
        for (SandboxWebhookDeliveries.DeliveryState state : SandboxWebhookDeliveries.DeliveryState.values()) {
            events.put(
                    state.name(),
                    world.all("event").stream()
                            .filter(it -> works.deliveries.state(it) == state)
                            .count());
        }
        world.all("event").stream()
                .filter(it -> works.deliveries.state(it) == SandboxWebhookDeliveries.DeliveryState.HELD)
                .forEach(it -> glance.withArray("/held")
                        .addObject()
                        .put("id", SandboxState.id(it))
                        .put("type", it.path("type").asText()));
        return glance;
    }

    /** Everything but where the service listens. */
    private JsonNode forget() {
        Optional<String> url = SandboxJson.text(world.settings("webhooks"), "url");
        world.clear();
        url.ifPresent(it -> world.settings("webhooks").put("url", it));
        outages.change(SandboxOutages.OutageSettings.HEALTHY);
        works.catalog.seed();
        return glance();
    }

    /** Removes subscriptions and all that came of them; customers, products and prices stay. */
    private JsonNode forgetSubscriptions() {
        OF_SUBSCRIPTIONS.forEach(kind -> List.copyOf(world.all(kind)).forEach(world::remove));
        return glance();
    }

    private JsonNode api(JsonNode body) {
        SandboxOutages.OutageSettings weather = new SandboxOutages.OutageSettings(
                SandboxOutages.OutageMode.valueOf(body.path("mode").asText(SandboxOutages.OutageMode.UP.name())),
                body.path("latencyMs").asLong(),
                body.path("failEvery").asInt() > 0 ? body.path("failEvery").asInt() : null);
        outages.change(weather);
        return SandboxJson.of(weather);
    }

    private JsonNode billing(JsonNode body) {
        SandboxPaymentCollection.FinalRetryAction ending = SandboxPaymentCollection.FinalRetryAction.valueOf(
                body.path("afterRetries").asText());
        return world.settings("billing").put("afterRetries", ending.name()).deepCopy();
    }

    private JsonNode card(String customer, JsonNode body) {
        SandboxPaymentMethods.PaymentMethodBehavior behaviour = SandboxPaymentMethods.PaymentMethodBehavior.valueOf(
                body.path("behaviour").asText());
        return works.paymentMethods
                .replaceDefault(works.subscriptions.customer(customer), behaviour)
                .deepCopy();
    }

    /** Where the buyer is sent by it. */
    public String performCheckoutAction(String session, String action) {
        world.locked(() -> {
            works.lifecycle.runDue(world.clockInstant());
            return session;
        });
        return switch (action) {
            case "pay" -> works.checkoutActions.pay(session, SandboxPaymentMethods.PaymentMethodBehavior.GOOD);
            case "pay-with-delay" ->
                works.checkoutActions.pay(session, SandboxPaymentMethods.PaymentMethodBehavior.DELAYED);
            case "walk-away" -> works.checkoutActions.abandon(session);
            case "decline" -> {
                works.checkoutActions.decline(session);
                yield sandbox.url() + "/pay/" + session;
            }
            default -> throw SandboxApiError.of(404, "No such action: " + action);
        };
    }
}
