package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What customers pay with, and how it behaves. */
final class Cards {
    enum Behaviour {
        GOOD("4242"),
        DECLINES("0341"),
        /** A bank debit: it takes days until one knows. */
        DELAYED("6789");

        private final String last4;

        Behaviour(String last4) {
            this.last4 = last4;
        }
    }

    private final World world;
    private final Events events;

    Cards(World world, Events events) {
        this.world = world;
        this.events = events;
    }

    ObjectNode attach(ObjectNode customer, Behaviour behaviour) {
        ObjectNode method = world.create("payment_method");
        method.put("customer", World.id(customer));
        boolean debit = behaviour == Behaviour.DELAYED;
        method.put("type", debit ? "us_bank_account" : "card");
        ObjectNode details = Json.child(method, method.path("type").asText());
        details.put("last4", behaviour.last4);
        if (debit) {
            details.put("bank_name", "STRIPE TEST BANK");
        } else {
            details.put("brand", "visa").put("exp_month", 12).put("exp_year", 2099);
        }
        world.note(method).put("behaviour", behaviour.name());
        events.tell("payment_method.attached", method);
        return method;
    }

    /** One of the customer's, or one of those that Stripe keeps for tests. */
    String named(ObjectNode customer, String id) {
        return switch (id) {
            case "pm_card_visa", "pm_card_mastercard", "pm_card_us" -> World.id(attach(customer, Behaviour.GOOD));
            case "pm_card_chargeCustomerFail" -> World.id(attach(customer, Behaviour.DECLINES));
            case "pm_usBankAccount" -> World.id(attach(customer, Behaviour.DELAYED));
            default ->
                world.find("payment_method", id)
                        .map(World::id)
                        .orElseThrow(() -> Refusal.missing("PaymentMethod", id, "default_payment_method"));
        };
    }

    /** From now on the customer pays with one that behaves so, for everything. */
    ObjectNode replace(ObjectNode customer, Behaviour behaviour) {
        String method = World.id(attach(customer, behaviour));
        events.change(
                "customer.updated",
                customer,
                () -> Json.child(customer, "invoice_settings").put("default_payment_method", method));
        for (ObjectNode subscription : world.all("subscription")) {
            boolean theirs = subscription.path("customer").asText().equals(World.id(customer));
            if (theirs && !subscription.hasNonNull("ended_at")) {
                events.change(
                        "customer.subscription.updated",
                        subscription,
                        () -> subscription.put("default_payment_method", method));
            }
        }
        return customer;
    }

    /** What pays for a subscription: its own, or else the customer's. */
    Optional<ObjectNode> of(ObjectNode subscription) {
        return Json.text(subscription, "default_payment_method")
                .or(() -> world.find("customer", subscription.path("customer").asText())
                        .flatMap(it -> Json.text(Json.child(it, "invoice_settings"), "default_payment_method")))
                .flatMap(id -> world.find("payment_method", id));
    }

    Behaviour behaviour(ObjectNode method) {
        return Behaviour.valueOf(world.note(method).path("behaviour").asText());
    }
}
