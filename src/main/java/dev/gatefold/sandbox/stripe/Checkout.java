package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Checkout sessions as the API makes them; what a buyer does with one is in {@link Till}. */
final class Checkout {
    private static final long LASTS = 24 * 60 * 60;
    private static final int LEAST_TRIAL_DAYS = 2;

    private final World world;
    private final Events events;
    private final Subscriptions subscriptions;
    private final String url;

    Checkout(World world, Events events, Subscriptions subscriptions, String url) {
        this.world = world;
        this.events = events;
        this.subscriptions = subscriptions;
        this.url = url;
    }

    /** After a start at another port. */
    void moveHere() {
        world.all("checkout.session").stream()
                .filter(it -> it.hasNonNull("url"))
                .forEach(it -> it.put("url", url + "/pay/" + World.id(it)));
    }

    ObjectNode create(Call call) {
        Form form = call.form();
        String mode = form.required("mode");
        String success = form.required("success_url");
        Optional<ObjectNode> customer = form.text("customer").map(subscriptions::customer);
        List<Starting.Item> items = items(form, mode);
        Optional<Long> trialEnd = mode.equals("subscription")
                ? subscriptions.trialEnd(form.child("subscription_data"), LEAST_TRIAL_DAYS)
                : Optional.empty();
        ObjectNode session = world.create("checkout.session");
        session.put("mode", mode).put("success_url", success);
        form.copy(
                session, "cancel_url", "client_reference_id", "customer_email", "locale", "payment_method_collection");
        form.copyMetadata(session);
        customer.ifPresent(it -> session.put("customer", World.id(it)));
        session.put("expires_at", form.number("expires_at").orElse(world.seconds() + LASTS));
        session.put("url", url + "/pay/" + World.id(session));
        if (customer.isEmpty()) {
            session.put("customer_creation", mode.equals("subscription") ? "always" : "if_required");
        }
        long total = items.stream()
                .mapToLong(it -> it.price().path("unit_amount").asLong() * it.quantity())
                .sum();
        if (!items.isEmpty()) {
            session.set("currency", items.getFirst().price().get("currency"));
        }
        long due = trialEnd.isPresent() ? 0 : total;
        session.put("amount_subtotal", due).put("amount_total", due);
        remember(session, items, form.child("subscription_data"));
        return session;
    }

    private List<Starting.Item> items(Form form, String mode) {
        List<Starting.Item> items = form.children("line_items").stream()
                .map(it -> new Starting.Item(
                        subscriptions.price(it.required("price")),
                        it.number("quantity").orElse(1L)))
                .toList();
        boolean recurring =
                items.stream().anyMatch(it -> it.price().path("type").asText().equals("recurring"));
        switch (mode) {
            case "subscription" -> {
                if (!recurring) {
                    throw Refusal.of(400, "You must provide at least one recurring price in `subscription` mode.");
                }
            }
            case "payment" -> {
                if (recurring || items.isEmpty()) {
                    throw Refusal.of(400, "You need one-time prices in `payment` mode.");
                }
            }
            case "setup" -> {}
            default -> throw Refusal.bad("mode", "Invalid mode: must be one of payment, setup, or subscription");
        }
        return items;
    }

    private void remember(ObjectNode session, List<Starting.Item> items, Form data) {
        ObjectNode note = world.note(session);
        note.set("data", data.fields());
        for (Starting.Item item : items) {
            ObjectNode line = note.withArray("/items").addObject();
            line.put("id", World.id("li_")).put("object", "item");
            long amount = item.price().path("unit_amount").asLong() * item.quantity();
            line.put("amount_discount", 0).put("amount_subtotal", amount).put("amount_tax", 0);
            line.put("amount_total", amount).set("currency", item.price().get("currency"));
            line.put("description", name(item)).put("quantity", item.quantity());
            line.set("price", item.price().deepCopy());
        }
    }

    private String name(Starting.Item item) {
        return world.find(item.price().path("product").asText())
                .flatMap(it -> Json.text(it, "name"))
                .orElse("Item");
    }

    ObjectNode list(Call call) {
        return Lists.page(
                call,
                world.all("checkout.session"),
                Lists.where(call.form(), "customer", "subscription", "payment_intent", "status"));
    }

    ObjectNode lineItems(Call call) {
        ObjectNode session = world.get("checkout.session", call.id());
        return Lists.list(lines(session), false, "/v1/" + String.join("/", call.path()));
    }

    private List<ObjectNode> lines(ObjectNode session) {
        return Json.stream(world.note(session).path("items"))
                .map(ObjectNode.class::cast)
                .toList();
    }

    ObjectNode expire(Call call) {
        ObjectNode session = world.get("checkout.session", call.id());
        if (!session.path("status").asText().equals("open")) {
            throw Refusal.of(
                    400,
                    "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of "
                            + session.path("status").asText() + ".");
        }
        expire(session, events);
        return session;
    }

    static void expire(ObjectNode session, Events events) {
        session.put("status", "expired").putNull("url");
        events.tell("checkout.session.expired", session);
    }
}
