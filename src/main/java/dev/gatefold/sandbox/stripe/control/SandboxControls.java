package dev.gatefold.sandbox.stripe.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatefold.sandbox.stripe.api.SandboxComponents;
import dev.gatefold.sandbox.stripe.api.SandboxOutageMode;
import dev.gatefold.sandbox.stripe.api.SandboxOutageSettings;
import dev.gatefold.sandbox.stripe.api.SandboxOutages;
import dev.gatefold.sandbox.stripe.billing.SandboxFinalRetryAction;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethodBehavior;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxWebhookControls;
import java.util.List;
import java.util.function.Supplier;

/**
 * Maps control requests to their effects. A control that acts on billing first runs everything that is due, and waits for the
 * webhooks afterwards.
 */
public final class SandboxControls {
    private final SandboxState state;
    private final SandboxComponents components;
    private final SandboxOutages outages;
    private final Runnable processDue;
    private final String url;
    private final SandboxOverview overview;

    /**
     * Creates the controls.
     *
     * @param url base URL of the sandbox
     * @param processDue runs due work and waits for the delivery of its webhooks
     */
    public SandboxControls(
            SandboxState state, SandboxComponents components, SandboxOutages outages, String url, Runnable processDue) {
        this.state = state;
        this.components = components;
        this.outages = outages;
        this.url = url;
        this.processDue = processDue;
        this.overview = new SandboxOverview(state, components, outages, url);
    }

    /** Returns a handler of all control requests. */
    public SandboxControlHandler handler() {
        SandboxControlHandler controls = new SandboxControlHandler();
        SandboxWebhookControls webhooks = new SandboxWebhookControls(state, components.deliveries);
        controls.on("GET", (path, body) -> state.locked(overview::toJson));
        controls.on("DELETE", (path, body) -> state.locked(overview::reset));
        controls.on("DELETE subscriptions", (path, body) -> state.locked(overview::deleteSubscriptions));
        controls.on("PUT webhooks", (path, body) -> webhooks.set(body));
        controls.on("POST webhooks", (path, body) -> switch (last(path)) {
            case "release" -> webhooks.release(body);
            case "replay" -> webhooks.replay(body);
            default -> throw SandboxApiError.of(404, "Unknown webhook control. Use release or replay.");
        });
        controls.on("PUT api", (path, body) -> api(body));
        controls.on("PUT billing", (path, body) -> state.locked(() -> billing(body)));
        controls.on(
                "PUT histories",
                (path, body) -> state.locked(() -> {
                    components.lifecycle.runDue(state.clockInstant());
                    return new SandboxHistories(state, components).replace(body).deepCopy();
                }));
        controls.on("PUT customers", (path, body) -> afterRunningDue(() -> card(path.get(1), body)));
        controls.on(
                "POST subscriptions",
                (path, body) -> afterRunningDue(() -> new SandboxSubscriptionActions(state, components)
                        .perform(path.get(1), last(path), body)
                        .deepCopy()));
        controls.on(
                "POST sessions",
                (path, body) -> SandboxJson.object().put("redirect", performCheckoutAction(path.get(1), last(path))));
        controls.on("POST settle", (path, body) -> afterRunningDue(SandboxJson::object));
        return controls;
    }

    private static String last(List<String> path) {
        return path.getLast();
    }

    private JsonNode afterRunningDue(Supplier<JsonNode> work) {
        JsonNode answer = state.locked(() -> {
            components.lifecycle.runDue(state.clockInstant());
            return work.get();
        });
        processDue.run();
        return answer;
    }

    private JsonNode api(JsonNode body) {
        SandboxOutageSettings settings = new SandboxOutageSettings(
                SandboxOutageMode.valueOf(body.path("mode").asText(SandboxOutageMode.UP.name())),
                body.path("latencyMs").asLong(),
                body.path("failEvery").asInt() > 0 ? body.path("failEvery").asInt() : null);
        outages.change(settings);
        return SandboxJson.of(settings);
    }

    private JsonNode billing(JsonNode body) {
        SandboxFinalRetryAction action =
                SandboxFinalRetryAction.valueOf(body.path("afterRetries").asText());
        return state.settings("billing").put("afterRetries", action.name()).deepCopy();
    }

    private JsonNode card(String customer, JsonNode body) {
        SandboxPaymentMethodBehavior behavior =
                SandboxPaymentMethodBehavior.valueOf(body.path("behaviour").asText());
        return components
                .paymentMethods
                .replaceDefault(components.subscriptions.customer(customer), behavior)
                .deepCopy();
    }

    /** Performs the action of a buyer at the Checkout, and returns the URL that the buyer is redirected to. */
    public String performCheckoutAction(String session, String action) {
        state.locked(() -> {
            components.lifecycle.runDue(state.clockInstant());
            return session;
        });
        return switch (action) {
            case "pay" -> components.checkoutActions.pay(session, SandboxPaymentMethodBehavior.GOOD);
            case "pay-with-delay" -> components.checkoutActions.pay(session, SandboxPaymentMethodBehavior.DELAYED);
            case "walk-away" -> components.checkoutActions.abandon(session);
            case "decline" -> {
                components.checkoutActions.decline(session);
                yield url + "/pay/" + session;
            }
            default -> throw SandboxApiError.of(404, "No such action: " + action);
        };
    }
}
