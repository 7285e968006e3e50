package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is bought, what is due today, and from when on what. */
final class CheckoutPage {
    private final World world;

    CheckoutPage(World world) {
        this.world = world;
    }

    Html show(String id) {
        ObjectNode session = world.get("checkout.session", id);
        return session.path("status").asText().equals("open") ? open(session) : closed(session);
    }

    private Html open(ObjectNode session) {
        ObjectNode note = world.note(session);
        String currency = session.path("currency").asText("usd");
        return Html.template("pay.html")
                .with("id", World.id(session))
                .with("items", Json.stream(note.path("items")).map(this::item).collect(Html.joined()))
                .with("due", Words.money(session.path("amount_total").asLong(), currency))
                .with("later", later(session, note))
                .with("declined", note.path("declined").asBoolean() ? Html.template("declined.html") : Html.text(""))
                .framed("Checkout");
    }

    private Html item(JsonNode item) {
        return new Html("<li>{{quantity}} × {{name}}, {{price}}</li>")
                .with("quantity", item.path("quantity").asText())
                .with("name", item.path("description").asText())
                .with("price", Words.price(item.path("price")));
    }

    private String later(ObjectNode session, ObjectNode note) {
        if (!session.path("mode").asText().equals("subscription")) {
            return "Nothing is charged later.";
        }
        Form data = new Form(Json.child(note, "data"));
        long from = Till.trialEnd(data, world).orElse(0L);
        JsonNode price = note.path("items").path(0).path("price");
        if (from > 0) {
            return "%s from %s on, until canceled.".formatted(Words.price(price), Words.day(from));
        }
        long next = Periods.end(world.seconds(), world.seconds(), price.path("recurring"));
        return "%s, next on %s, until canceled.".formatted(Words.price(price), Words.day(next));
    }

    private Html closed(ObjectNode session) {
        return new Html("<h1>Checkout</h1><p>This Checkout is {{status}}.</p><p><a href=\"/\">To the console</a></p>")
                .with("status", session.path("status").asText())
                .framed("Checkout");
    }
}
