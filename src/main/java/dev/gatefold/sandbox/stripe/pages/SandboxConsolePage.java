package dev.gatefold.sandbox.stripe.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.api.SandboxComponents;
import dev.gatefold.sandbox.stripe.api.SandboxOutageMode;
import dev.gatefold.sandbox.stripe.api.SandboxOutageSettings;
import dev.gatefold.sandbox.stripe.api.SandboxOutages;
import dev.gatefold.sandbox.stripe.billing.SandboxFinalRetryAction;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionBilling;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxDeliveryMode;
import dev.gatefold.sandbox.stripe.webhooks.SandboxDeliveryState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The console: all objects and settings of the sandbox, with buttons for the controls. */
final class SandboxConsolePage {
    private static final int MAX_ROWS = 50;

    private final SandboxState state;
    private final SandboxComponents components;
    private final SandboxOutages outages;

    SandboxConsolePage(SandboxState state, SandboxComponents components, SandboxOutages outages) {
        this.state = state;
        this.components = components;
        this.outages = outages;
    }

    SandboxHtml show() {
        SandboxOutageSettings settings = outages.current();
        ObjectNode webhooks = state.settings("webhooks");
        return SandboxHtml.template("console.html")
                .with("now", SandboxFormats.timestamp(state.clockInstant().getEpochSecond()))
                .with("apiModes", options(SandboxOutageMode.values(), settings.mode()))
                .with("latency", String.valueOf(settings.latencyMs()))
                .with(
                        "failEvery",
                        settings.failEvery() == null ? "" : settings.failEvery().toString())
                .with("webhookModes", options(SandboxDeliveryMode.values(), components.deliveries.mode()))
                .with("url", webhooks.path("url").asText(""))
                .with("duplicates", webhooks.path("duplicates").asText("0"))
                .with("shuffle", webhooks.path("shuffle").asText(""))
                .with("dropEvery", webhooks.path("dropEvery").asText(""))
                .with("held", String.valueOf(held()))
                .with("endings", options(SandboxFinalRetryAction.values(), components.collection.finalRetryAction()))
                .with(
                        "sessions",
                        rows(state.all("checkout.session").stream().filter(SandboxConsolePage::isOpen), this::session))
                .with("customers", rows(state.all("customer").stream(), this::customer))
                .with("events", rows(state.all("event").stream(), this::event))
                .inLayout("Stripe sandbox");
    }

    private long held() {
        return state.all("event").stream()
                .filter(it -> components.deliveries.state(it) == SandboxDeliveryState.HELD)
                .count();
    }

    private static boolean isOpen(ObjectNode session) {
        return session.path("status").asText().equals("open");
    }

    private static SandboxHtml options(Enum<?>[] values, Enum<?> current) {
        return Arrays.stream(values)
                .map(it -> new SandboxHtml("<option{{selected}}>{{name}}</option>")
                        .with("selected", it == current ? " selected" : "")
                        .with("name", it.name()))
                .collect(SandboxHtml.joined());
    }

    /** Renders at most 50 rows, the newest first. */
    private static SandboxHtml rows(Stream<ObjectNode> objects, Function<ObjectNode, SandboxHtml> row) {
        List<ObjectNode> newestFirst = new ArrayList<>(objects.toList()).reversed();
        if (newestFirst.isEmpty()) {
            return new SandboxHtml("<tr><td colspan=\"4\" class=\"quiet\">None yet.</td></tr>");
        }
        return newestFirst.stream().limit(MAX_ROWS).map(row).collect(SandboxHtml.joined());
    }

    private SandboxHtml session(ObjectNode session) {
        return SandboxHtml.template("console-session.html")
                .with("id", SandboxState.id(session))
                .with("reference", session.path("client_reference_id").asText(""))
                .with(
                        "expires",
                        SandboxFormats.timestamp(session.path("expires_at").asLong()));
    }

    private SandboxHtml customer(ObjectNode customer) {
        String id = SandboxState.id(customer);
        return SandboxHtml.template("console-customer.html")
                .with("id", id)
                .with(
                        "email",
                        customer.path("deleted").asBoolean()
                                ? "deleted"
                                : customer.path("email").asText(""))
                .with(
                        "subscriptions",
                        state.all("subscription").stream()
                                .filter(it -> it.path("customer").asText().equals(id))
                                .map(this::subscription)
                                .collect(SandboxHtml.joined()));
    }

    private SandboxHtml subscription(ObjectNode subscription) {
        String card = components
                .paymentMethods
                .forSubscription(subscription)
                .map(SandboxPortalPage::card)
                .orElse("no card");
        return SandboxHtml.template("console-subscription.html")
                .with(
                        "debit",
                        hasProcessingDebit(subscription)
                                ? SandboxHtml.template("console-debit.html")
                                : SandboxHtml.text(""))
                .with("id", SandboxState.id(subscription))
                .with("status", subscription.path("status").asText())
                .with("until", SandboxFormats.timestamp(SandboxSubscriptionBilling.periodEnd(subscription)))
                .with("ends", subscription.hasNonNull("cancel_at") ? ", then ends" : "")
                .with("card", card)
                .with(
                        "actions",
                        actions(subscription).stream()
                                .map(it -> button(subscription, it))
                                .collect(SandboxHtml.joined()));
    }

    private boolean hasProcessingDebit(ObjectNode subscription) {
        return state.find("invoice", subscription.path("latest_invoice").asText())
                .flatMap(components.invoices::paymentIntent)
                .filter(it -> it.path("status").asText().equals("processing"))
                .isPresent();
    }

    private static List<String> actions(ObjectNode subscription) {
        List<String> bank = List.of("refund", "dispute", "inquiry", "win-dispute", "lose-dispute");
        if (subscription.hasNonNull("ended_at")) {
            return bank;
        }
        List<String> actions = new ArrayList<>();
        actions.add("cancel");
        actions.add(subscription.hasNonNull("cancel_at") ? "undo-cancellation" : "cancel-at-period-end");
        switch (subscription.path("status").asText()) {
            case "trialing" -> actions.add("end-trial");
            case "paused" -> actions.add("resume");
            case "past_due", "unpaid", "incomplete" -> actions.addAll(List.of("pay", "mark-unpaid"));
            default -> actions.add("mark-unpaid");
        }
        actions.addAll(bank);
        return actions;
    }

    private static SandboxHtml button(ObjectNode subscription, String action) {
        return new SandboxHtml("<button formaction=\"/do/POST/subscriptions/{{id}}/{{action}}\">{{label}}</button>")
                .with("id", SandboxState.id(subscription))
                .with("action", action)
                .with("label", action.replace('-', ' '));
    }

    private SandboxHtml event(ObjectNode event) {
        JsonNode object = event.path("data").path("object");
        return SandboxHtml.template("console-event.html")
                .with("id", SandboxState.id(event))
                .with("type", event.path("type").asText())
                .with("created", SandboxFormats.timestamp(event.path("created").asLong()))
                .with(
                        "object",
                        object.path("id").asText() + " " + object.path("status").asText())
                .with("state", components.deliveries.state(event).name())
                .with(
                        "tries",
                        String.join(
                                ", ",
                                SandboxJson.stream(state.internalData(event).path("tries"))
                                        .map(JsonNode::asText)
                                        .toList()));
    }
}
