package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Pays an invoice because somebody asks for it, by the API or at the portal. */
final class Bills {
    private final World world;
    private final Cards cards;
    private final Invoices invoices;
    private final Collecting collecting;

    Bills(World world, Cards cards, Invoices invoices, Collecting collecting) {
        this.world = world;
        this.cards = cards;
        this.invoices = invoices;
        this.collecting = collecting;
    }

    ObjectNode pay(Call call) {
        ObjectNode invoice = world.get("invoice", call.id());
        Optional<String> method = call.form().text("payment_method");
        if (call.form().flag("paid_out_of_band").orElse(false)) {
            mustBeOwed(invoice);
            invoices.paid(invoice);
            collecting.settled(invoice, subscription(invoice));
            return invoice;
        }
        if (pay(invoice, method) == Payments.Outcome.FAILED) {
            throw Refusal.declined();
        }
        return invoice;
    }

    Payments.Outcome pay(ObjectNode invoice, Optional<String> method) {
        mustBeOwed(invoice);
        if (invoice.path("status").asText().equals("draft")) {
            invoices.finalise(invoice);
        }
        if (invoice.path("status").asText().equals("paid")) {
            return Payments.Outcome.PAID;
        }
        ObjectNode subscription = subscription(invoice);
        ObjectNode customer =
                world.get("customer", subscription.path("customer").asText());
        Optional<ObjectNode> card = method.map(it -> cards.named(customer, it))
                .flatMap(it -> world.find("payment_method", it))
                .or(() -> cards.of(subscription));
        return collecting.attempt(invoice, card);
    }

    private ObjectNode subscription(ObjectNode invoice) {
        return world.get("subscription", Invoices.subscription(invoice));
    }

    private static void mustBeOwed(ObjectNode invoice) {
        String status = invoice.path("status").asText();
        switch (status) {
            case "draft", "open", "uncollectible" -> {}
            case "paid" -> throw Refusal.of(400, "Invoice is already paid");
            default -> throw Refusal.of(400, "This invoice can not be paid: its status is " + status + ".");
        }
    }
}
