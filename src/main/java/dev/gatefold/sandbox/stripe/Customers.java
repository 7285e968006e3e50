package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;

final class Customers {
    private final World world;
    private final Events events;
    private final Cards cards;
    private final Endings endings;

    Customers(World world, Events events, Cards cards, Endings endings) {
        this.world = world;
        this.events = events;
        this.cards = cards;
        this.endings = endings;
    }

    ObjectNode create(Call call) {
        return create(call.form());
    }

    ObjectNode create(Form form) {
        ObjectNode customer = world.create("customer");
        set(customer, form);
        events.tell("customer.created", customer);
        form.text("payment_method").ifPresent(id -> cards.named(customer, id));
        return customer;
    }

    ObjectNode update(Call call) {
        ObjectNode customer = living(call.id());
        events.change("customer.updated", customer, () -> set(customer, call.form()));
        return customer;
    }

    private void set(ObjectNode customer, Form form) {
        form.copy(customer, "email", "name", "description", "phone");
        form.copyMetadata(customer);
        form.child("invoice_settings")
                .text("default_payment_method")
                .map(id -> cards.named(customer, id))
                .ifPresent(id -> Json.child(customer, "invoice_settings").put("default_payment_method", id));
    }

    private ObjectNode living(String id) {
        ObjectNode customer = world.get("customer", id);
        if (customer.path("deleted").asBoolean()) {
            throw Refusal.missing("customer", id, "id");
        }
        return customer;
    }

    ObjectNode list(Call call) {
        return Lists.page(
                call,
                world.all("customer"),
                Lists.where(call.form(), "email").and(it -> !it.path("deleted").asBoolean()));
    }

    /** With their subscriptions; what remains is the fact that there was somebody. */
    ObjectNode delete(Call call) {
        ObjectNode customer = living(call.id());
        world.all("subscription").stream()
                .filter(it -> it.path("customer").asText().equals(World.id(customer)))
                .filter(it -> !it.hasNonNull("ended_at"))
                .forEach(it -> endings.cancel(it, "cancellation_requested"));
        events.tell("customer.deleted", customer);
        ObjectNode remains = Json.object();
        remains.put("id", World.id(customer)).put("object", "customer").put("deleted", true);
        world.put(remains);
        return remains;
    }
}
