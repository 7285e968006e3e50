package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Everything at a glance, and a button for everything that can be made to happen. */
final class Console {
    private static final int LAST_EVENTS = 50;

    private final World world;
    private final Works works;
    private final Outages outages;

    Console(World world, Works works, Outages outages) {
        this.world = world;
        this.works = works;
        this.outages = outages;
    }

    Html show() {
        Outages.Weather weather = outages.weather();
        ObjectNode webhooks = world.settings("webhooks");
        return Html.template("console.html")
                .with("now", Words.minute(world.clock().getEpochSecond()))
                .with("apiModes", options(Outages.Mode.values(), weather.mode()))
                .with("latency", String.valueOf(weather.latencyMs()))
                .with(
                        "failEvery",
                        weather.failEvery() == null ? "" : weather.failEvery().toString())
                .with("webhookModes", options(Deliveries.Mode.values(), works.deliveries.mode()))
                .with("url", webhooks.path("url").asText(""))
                .with("duplicates", webhooks.path("duplicates").asText("0"))
                .with("shuffle", webhooks.path("shuffle").asText(""))
                .with("dropEvery", webhooks.path("dropEvery").asText(""))
                .with("held", String.valueOf(held()))
                .with("endings", options(Collecting.Ending.values(), works.collecting.ending()))
                .with("sessions", rows(world.all("checkout.session").stream().filter(Console::isOpen), this::session))
                .with("customers", rows(world.all("customer").stream(), this::customer))
                .with("events", rows(world.all("event").stream(), this::event))
                .framed("Stripe sandbox");
    }

    private long held() {
        return world.all("event").stream()
                .filter(it -> works.deliveries.state(it) == Deliveries.State.HELD)
                .count();
    }

    private static boolean isOpen(ObjectNode session) {
        return session.path("status").asText().equals("open");
    }

    private static Html options(Enum<?>[] values, Enum<?> current) {
        return Arrays.stream(values)
                .map(it -> new Html("<option{{selected}}>{{name}}</option>")
                        .with("selected", it == current ? " selected" : "")
                        .with("name", it.name()))
                .collect(Html.joined());
    }

    /** The newest first, and not all of them. */
    private static Html rows(Stream<ObjectNode> objects, Function<ObjectNode, Html> row) {
        List<ObjectNode> newestFirst = new ArrayList<>(objects.toList()).reversed();
        if (newestFirst.isEmpty()) {
            return new Html("<tr><td colspan=\"4\" class=\"quiet\">None yet.</td></tr>");
        }
        return newestFirst.stream().limit(LAST_EVENTS).map(row).collect(Html.joined());
    }

    private Html session(ObjectNode session) {
        return Html.template("console-session.html")
                .with("id", World.id(session))
                .with("reference", session.path("client_reference_id").asText(""))
                .with("expires", Words.minute(session.path("expires_at").asLong()));
    }

    private Html customer(ObjectNode customer) {
        String id = World.id(customer);
        return Html.template("console-customer.html")
                .with("id", id)
                .with(
                        "email",
                        customer.path("deleted").asBoolean()
                                ? "deleted"
                                : customer.path("email").asText(""))
                .with(
                        "subscriptions",
                        world.all("subscription").stream()
                                .filter(it -> it.path("customer").asText().equals(id))
                                .map(this::subscription)
                                .collect(Html.joined()));
    }

    private Html subscription(ObjectNode subscription) {
        String card = works.cards.of(subscription).map(PortalPage::card).orElse("no card");
        return Html.template("console-subscription.html")
                .with("debit", underWay(subscription) ? Html.template("console-debit.html") : Html.text(""))
                .with("id", World.id(subscription))
                .with("status", subscription.path("status").asText())
                .with("until", Words.minute(Starting.periodEnd(subscription)))
                .with("ends", subscription.hasNonNull("cancel_at") ? ", then ends" : "")
                .with("card", card)
                .with(
                        "actions",
                        actions(subscription).stream()
                                .map(it -> button(subscription, it))
                                .collect(Html.joined()));
    }

    private boolean underWay(ObjectNode subscription) {
        return world.find("invoice", subscription.path("latest_invoice").asText())
                .flatMap(works.invoices::intent)
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

    private static Html button(ObjectNode subscription, String action) {
        return new Html("<button formaction=\"/do/POST/subscriptions/{{id}}/{{action}}\">{{says}}</button>")
                .with("id", World.id(subscription))
                .with("action", action)
                .with("says", action.replace('-', ' '));
    }

    private Html event(ObjectNode event) {
        JsonNode object = event.path("data").path("object");
        return Html.template("console-event.html")
                .with("id", World.id(event))
                .with("type", event.path("type").asText())
                .with("created", Words.minute(event.path("created").asLong()))
                .with(
                        "object",
                        object.path("id").asText() + " " + object.path("status").asText())
                .with("state", works.deliveries.state(event).name())
                .with(
                        "tries",
                        String.join(
                                ", ",
                                Json.stream(world.note(event).path("tries"))
                                        .map(JsonNode::asText)
                                        .toList()));
    }
}
