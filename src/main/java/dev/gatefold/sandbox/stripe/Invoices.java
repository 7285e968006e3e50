package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Invoices from draft to paid; whether somebody pays is not decided here. */
final class Invoices {
    /** What is charged for, and for when. */
    record Line(long amount, String description, ObjectNode item, long from, long until) {
        private boolean proration() {
            return description.endsWith(" time");
        }
    }

    private final World world;
    private final Events events;
    private final Payments payments;

    Invoices(World world, Events events, Payments payments) {
        this.world = world;
        this.events = events;
        this.payments = payments;
    }

    /** Writes it down as the subscription's latest, and tells nobody yet. */
    ObjectNode draft(ObjectNode subscription, String reason, List<Line> lines, long from, long until) {
        ObjectNode invoice = world.create("invoice");
        invoice.put("billing_reason", reason).put("period_start", from).put("period_end", until);
        invoice.set("currency", subscription.get("currency"));
        invoice.set("customer", subscription.get("customer"));
        world.find("customer", subscription.path("customer").asText()).ifPresent(customer -> {
            invoice.set("customer_email", customer.get("email"));
            invoice.set("customer_name", customer.get("name"));
        });
        ObjectNode details =
                Json.child(Json.child(invoice, "parent").put("type", "subscription_details"), "subscription_details");
        details.put("subscription", World.id(subscription));
        details.set("metadata", subscription.get("metadata").deepCopy());
        long total = lines.stream().mapToLong(Line::amount).sum();
        for (String name : List.of("subtotal", "subtotal_excluding_tax", "total", "total_excluding_tax")) {
            invoice.put(name, total);
        }
        invoice.put("amount_due", Math.max(0, total)).put("amount_remaining", Math.max(0, total));
        ObjectNode list = Json.child(invoice, "lines");
        lines.forEach(line -> list.withArray("/data").add(render(line, invoice, subscription)));
        list.put("total_count", lines.size()).put("url", "/v1/invoices/" + World.id(invoice) + "/lines");
        subscription.put("latest_invoice", World.id(invoice));
        return invoice;
    }

    private ObjectNode render(Line line, ObjectNode invoice, ObjectNode subscription) {
        ObjectNode item = world.fresh("line_item");
        item.put("invoice", World.id(invoice)).put("amount", line.amount).put("subtotal", line.amount);
        item.put("description", line.description);
        item.set("currency", subscription.get("currency"));
        Json.child(item, "period").put("start", line.from).put("end", line.until);
        ObjectNode details = Json.child(
                Json.child(item, "parent").put("type", "subscription_item_details"), "subscription_item_details");
        details.put("subscription", World.id(subscription));
        details.put("subscription_item", World.id(line.item));
        details.put("proration", line.proration());
        item.set("quantity", line.item.get("quantity"));
        JsonNode price = line.item.get("price");
        ObjectNode pricing = Json.child(item, "pricing").put("type", "price_details");
        Json.child(pricing, "price_details")
                .put("price", price.path("id").asText())
                .put("product", price.path("product").asText());
        pricing.put("unit_amount_decimal", price.path("unit_amount").asText());
        return item;
    }

    /** From here on it is owed; where nothing is, it is paid. */
    void finalise(ObjectNode invoice) {
        ObjectNode counter = world.settings("invoices");
        counter.put("count", counter.path("count").asInt() + 1);
        invoice.put("number", "SANDBOX-%04d".formatted(counter.path("count").asInt()));
        invoice.put("status", "open").put("effective_at", world.seconds()).put("ending_balance", 0);
        invoice.putNull("automatically_finalizes_at");
        transition(invoice, "finalized_at");
        long due = invoice.path("amount_due").asLong();
        if (due > 0) {
            ObjectNode intent = payments.intent(
                    due,
                    invoice.path("currency").asText(),
                    invoice.path("customer").asText(),
                    "Subscription " + invoice.path("billing_reason").asText().replace("subscription_", ""));
            ObjectNode payment = world.create("invoice_payment");
            payment.put("invoice", World.id(invoice)).put("amount_requested", due);
            payment.set("currency", invoice.get("currency"));
            Json.child(payment, "payment").put("type", "payment_intent").put("payment_intent", World.id(intent));
        }
        events.tell("invoice.finalized", invoice);
        if (due == 0) {
            paid(invoice);
        }
    }

    void paid(ObjectNode invoice) {
        long due = invoice.path("amount_due").asLong();
        invoice.put("status", "paid").put("attempted", true).put("auto_advance", false);
        invoice.put("amount_paid", due).put("amount_remaining", 0).putNull("next_payment_attempt");
        transition(invoice, "paid_at");
        events.tell("invoice.paid", invoice);
        events.tell("invoice.payment_succeeded", invoice);
        payment(invoice).ifPresent(payment -> {
            payment.put("status", "paid").put("amount_paid", due);
            transition(payment, "paid_at");
            events.tell("invoice_payment.paid", payment);
        });
    }

    void close(ObjectNode invoice, String status, String transition, String event) {
        invoice.put("status", status).put("auto_advance", false).putNull("next_payment_attempt");
        transition(invoice, transition);
        events.tell(event, invoice);
    }

    private void transition(ObjectNode object, String name) {
        Json.child(object, "status_transitions").put(name, world.seconds());
    }

    Optional<ObjectNode> payment(ObjectNode invoice) {
        return world.all("invoice_payment").stream()
                .filter(it -> it.path("invoice").asText().equals(World.id(invoice)))
                .findFirst();
    }

    Optional<ObjectNode> intent(ObjectNode invoice) {
        return payment(invoice)
                .flatMap(it -> world.find(
                        "payment_intent",
                        it.path("payment").path("payment_intent").asText()));
    }

    static String subscription(ObjectNode invoice) {
        return invoice.path("parent")
                .path("subscription_details")
                .path("subscription")
                .asText();
    }

    ObjectNode listPayments(Call call) {
        Form payment = call.form().child("payment");
        return Lists.page(
                call,
                world.all("invoice_payment"),
                Lists.where(call.form(), "invoice", "status")
                        .and(it ->
                                Lists.where(payment, "type", "payment_intent").test((ObjectNode) it.get("payment"))));
    }

    ObjectNode list(Call call) {
        Optional<String> subscription = call.form().text("subscription");
        return Lists.page(
                call,
                world.all("invoice"),
                Lists.where(call.form(), "customer", "status")
                        .and(it -> subscription.map(subscription(it)::equals).orElse(true)));
    }
}
