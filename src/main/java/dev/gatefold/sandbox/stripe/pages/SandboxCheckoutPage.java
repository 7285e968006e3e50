package dev.gatefold.sandbox.stripe.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.api.SandboxCheckoutActions;
import dev.gatefold.sandbox.stripe.billing.SandboxBillingPeriods;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;

/** The Checkout page: the items, the amount due today, and the later charges. */
final class SandboxCheckoutPage {
    private final SandboxState state;

    SandboxCheckoutPage(SandboxState state) {
        this.state = state;
    }

    SandboxHtml show(String id) {
        ObjectNode session = state.require("checkout.session", id);
        return session.path("status").asText().equals("open") ? open(session) : closed(session);
    }

    private SandboxHtml open(ObjectNode session) {
        ObjectNode note = state.internalData(session);
        String currency = session.path("currency").asText("usd");
        return SandboxHtml.template("checkout.html")
                .with("id", SandboxState.id(session))
                .with(
                        "items",
                        SandboxJson.stream(note.path("items")).map(this::item).collect(SandboxHtml.joined()))
                .with("due", SandboxFormats.money(session.path("amount_total").asLong(), currency))
                .with("later", later(session, note))
                .with(
                        "declined",
                        note.path("declined").asBoolean()
                                ? SandboxHtml.template("declined.html")
                                : SandboxHtml.text(""))
                .inLayout("Checkout");
    }

    private SandboxHtml item(JsonNode item) {
        return new SandboxHtml("<li>{{quantity}} × {{name}}, {{price}}</li>")
                .with("quantity", item.path("quantity").asText())
                .with("name", item.path("description").asText())
                .with("price", SandboxFormats.price(item.path("price")));
    }

    private String later(ObjectNode session, ObjectNode note) {
        if (!session.path("mode").asText().equals("subscription")) {
            return "One-time payment.";
        }
        SandboxForm data = new SandboxForm(SandboxJson.child(note, "data"));
        long from = SandboxCheckoutActions.trialEnd(data, state).orElse(0L);
        JsonNode price = note.path("items").path(0).path("price");
        if (from > 0) {
            return "Then %s, starting on %s, until canceled."
                    .formatted(SandboxFormats.price(price), SandboxFormats.day(from));
        }
        long next =
                SandboxBillingPeriods.end(state.nowEpochSeconds(), state.nowEpochSeconds(), price.path("recurring"));
        return "%s until canceled. Next payment on %s."
                .formatted(SandboxFormats.price(price), SandboxFormats.day(next));
    }

    private SandboxHtml closed(ObjectNode session) {
        return new SandboxHtml(
                        "<h1>Checkout</h1><p>This Checkout is {{status}}.</p><p><a href=\"/\">Open the console</a></p>")
                .with("status", session.path("status").asText())
                .inLayout("Checkout");
    }
}
