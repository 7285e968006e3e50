package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/** Payment intents and the charges that they try. */
final class Payments {
    enum Outcome {
        PAID,
        PROCESSING,
        FAILED
    }

    /** What a bank debit takes, unless a control settles it before. */
    private static final Duration DEBIT_TAKES = Duration.ofDays(5);

    private final World world;
    private final Events events;
    private final Cards cards;

    Payments(World world, Events events, Cards cards) {
        this.world = world;
        this.events = events;
        this.cards = cards;
    }

    ObjectNode intent(long amount, String currency, String customer, String description) {
        ObjectNode intent = world.create("payment_intent");
        intent.put("amount", amount).put("currency", currency).put("customer", customer);
        intent.put("description", description);
        intent.put("client_secret", World.id(World.id(intent) + "_secret_"));
        events.tell("payment_intent.created", intent);
        return intent;
    }

    Outcome confirm(ObjectNode intent, Optional<ObjectNode> method) {
        if (method.isEmpty()) {
            events.tell("payment_intent.payment_failed", intent);
            return Outcome.FAILED;
        }
        ObjectNode charge = charge(intent, method.get());
        return switch (cards.behaviour(method.get())) {
            case GOOD -> succeeded(intent, charge);
            case DECLINES -> failed(intent, charge);
            case DELAYED -> {
                intent.put("status", "processing");
                world.note(intent).put("settles", world.seconds() + DEBIT_TAKES.toSeconds());
                events.tell("charge.pending", charge);
                events.tell("payment_intent.processing", intent);
                yield Outcome.PROCESSING;
            }
        };
    }

    private ObjectNode charge(ObjectNode intent, ObjectNode method) {
        ObjectNode charge = world.create("charge");
        for (String name : new String[] {"amount", "currency", "customer", "description"}) {
            charge.set(name, intent.get(name));
        }
        charge.put("payment_intent", World.id(intent)).put("payment_method", World.id(method));
        String type = method.path("type").asText();
        ObjectNode details = Json.child(charge, "payment_method_details").put("type", type);
        details.set(type, method.path(type).deepCopy());
        intent.put("latest_charge", World.id(charge)).put("payment_method", World.id(method));
        return charge;
    }

    /** The bank has said what became of it. */
    Outcome settle(ObjectNode intent, boolean succeeds) {
        world.note(intent).remove("settles");
        ObjectNode charge = world.get("charge", intent.path("latest_charge").asText());
        return succeeds ? succeeded(intent, charge) : failed(intent, charge);
    }

    private Outcome succeeded(ObjectNode intent, ObjectNode charge) {
        long amount = intent.path("amount").asLong();
        charge.put("status", "succeeded").put("paid", true).put("captured", true);
        charge.put("amount_captured", amount);
        outcome(charge, "approved_by_network", "authorized", "Payment complete.");
        intent.put("status", "succeeded").put("amount_received", amount).putNull("last_payment_error");
        events.tell("charge.succeeded", charge);
        events.tell("payment_intent.succeeded", intent);
        return Outcome.PAID;
    }

    private Outcome failed(ObjectNode intent, ObjectNode charge) {
        charge.put("status", "failed").put("failure_code", "card_declined");
        charge.put("failure_message", "Your card was declined.");
        outcome(
                charge,
                "declined_by_network",
                "issuer_declined",
                "The bank returned the decline code generic_decline.");
        intent.put("status", "requires_payment_method").putNull("payment_method");
        intent.set("last_payment_error", Refusal.declined().body().get("error"));
        events.tell("charge.failed", charge);
        events.tell("payment_intent.payment_failed", intent);
        return Outcome.FAILED;
    }

    private static void outcome(ObjectNode charge, String network, String type, String message) {
        Json.child(charge, "outcome")
                .put("network_status", network)
                .put("risk_level", "normal")
                .put("seller_message", message)
                .put("type", type);
    }
}
