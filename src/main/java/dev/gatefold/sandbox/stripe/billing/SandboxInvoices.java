package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxLists;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.util.List;
import java.util.Optional;

/** Drafts, finalizes and closes invoices. {@link SandboxPaymentCollection} collects the payments. */
public final class SandboxInvoices {
    private final SandboxState state;
    private final SandboxEvents events;
    private final SandboxPayments payments;

    public SandboxInvoices(SandboxState state, SandboxEvents events, SandboxPayments payments) {
        this.state = state;
        this.events = events;
        this.payments = payments;
    }

    /**
     * Creates a draft and makes it the latest invoice of the subscription. Emits no event.
     *
     * @param from start of the invoice period in epoch seconds
     * @param until end of the invoice period
     */
    ObjectNode draft(ObjectNode subscription, String reason, List<SandboxInvoiceLine> lines, long from, long until) {
        ObjectNode invoice = state.create("invoice");
        invoice.put("billing_reason", reason).put("period_start", from).put("period_end", until);
        invoice.set("currency", subscription.get("currency"));
        invoice.set("customer", subscription.get("customer"));
        state.find("customer", subscription.path("customer").asText()).ifPresent(customer -> {
            invoice.set("customer_email", customer.get("email"));
            invoice.set("customer_name", customer.get("name"));
        });
        ObjectNode details = SandboxJson.child(
                SandboxJson.child(invoice, "parent").put("type", "subscription_details"), "subscription_details");
        details.put("subscription", SandboxState.id(subscription));
        details.set("metadata", subscription.get("metadata").deepCopy());
        long total = lines.stream().mapToLong(SandboxInvoiceLine::amount).sum();
        for (String name : List.of("subtotal", "subtotal_excluding_tax", "total", "total_excluding_tax")) {
            invoice.put(name, total);
        }
        invoice.put("amount_due", Math.max(0, total)).put("amount_remaining", Math.max(0, total));
        ObjectNode list = SandboxJson.child(invoice, "lines");
        lines.forEach(line -> list.withArray("/data").add(render(line, invoice, subscription)));
        list.put("total_count", lines.size()).put("url", "/v1/invoices/" + SandboxState.id(invoice) + "/lines");
        subscription.put("latest_invoice", SandboxState.id(invoice));
        return invoice;
    }

    private ObjectNode render(SandboxInvoiceLine line, ObjectNode invoice, ObjectNode subscription) {
        ObjectNode item = state.newObject("line_item");
        item.put("invoice", SandboxState.id(invoice))
                .put("amount", line.amount())
                .put("subtotal", line.amount());
        item.put("description", line.description());
        item.set("currency", subscription.get("currency"));
        SandboxJson.child(item, "period").put("start", line.from()).put("end", line.until());
        ObjectNode details = SandboxJson.child(
                SandboxJson.child(item, "parent").put("type", "subscription_item_details"),
                "subscription_item_details");
        details.put("subscription", SandboxState.id(subscription));
        details.put("subscription_item", SandboxState.id(line.item()));
        details.put("proration", line.proration());
        item.set("quantity", line.item().get("quantity"));
        JsonNode price = line.item().get("price");
        ObjectNode pricing = SandboxJson.child(item, "pricing").put("type", "price_details");
        SandboxJson.child(pricing, "price_details")
                .put("price", price.path("id").asText())
                .put("product", price.path("product").asText());
        pricing.put("unit_amount_decimal", price.path("unit_amount").asText());
        return item;
    }

    /** Opens the draft for payment. An invoice without an amount due is paid at once. */
    void finalizeInvoice(ObjectNode invoice) {
        ObjectNode counter = state.settings("invoices");
        counter.put("count", counter.path("count").asInt() + 1);
        invoice.put("number", "SANDBOX-%04d".formatted(counter.path("count").asInt()));
        invoice.put("status", "open")
                .put("effective_at", state.nowEpochSeconds())
                .put("ending_balance", 0);
        invoice.putNull("automatically_finalizes_at");
        transition(invoice, "finalized_at");
        long due = invoice.path("amount_due").asLong();
        if (due > 0) {
            ObjectNode intent = payments.createIntent(
                    due,
                    invoice.path("currency").asText(),
                    invoice.path("customer").asText(),
                    "Subscription " + invoice.path("billing_reason").asText().replace("subscription_", ""));
            ObjectNode payment = state.create("invoice_payment");
            payment.put("invoice", SandboxState.id(invoice)).put("amount_requested", due);
            payment.set("currency", invoice.get("currency"));
            SandboxJson.child(payment, "payment")
                    .put("type", "payment_intent")
                    .put("payment_intent", SandboxState.id(intent));
        }
        events.emit("invoice.finalized", invoice);
        if (due == 0) {
            markPaid(invoice);
        }
    }

    void markPaid(ObjectNode invoice) {
        long due = invoice.path("amount_due").asLong();
        invoice.put("status", "paid").put("attempted", true).put("auto_advance", false);
        invoice.put("amount_paid", due).put("amount_remaining", 0).putNull("next_payment_attempt");
        transition(invoice, "paid_at");
        events.emit("invoice.paid", invoice);
        events.emit("invoice.payment_succeeded", invoice);
        invoicePayment(invoice).ifPresent(payment -> {
            payment.put("status", "paid").put("amount_paid", due);
            transition(payment, "paid_at");
            events.emit("invoice_payment.paid", payment);
        });
    }

    void close(ObjectNode invoice, String status, String transition, String event) {
        invoice.put("status", status).put("auto_advance", false).putNull("next_payment_attempt");
        transition(invoice, transition);
        events.emit(event, invoice);
    }

    private void transition(ObjectNode object, String name) {
        SandboxJson.child(object, "status_transitions").put(name, state.nowEpochSeconds());
    }

    Optional<ObjectNode> invoicePayment(ObjectNode invoice) {
        return state.all("invoice_payment").stream()
                .filter(it -> it.path("invoice").asText().equals(SandboxState.id(invoice)))
                .findFirst();
    }

    public Optional<ObjectNode> paymentIntent(ObjectNode invoice) {
        return invoicePayment(invoice)
                .flatMap(it -> state.find(
                        "payment_intent",
                        it.path("payment").path("payment_intent").asText()));
    }

    public static String subscriptionId(ObjectNode invoice) {
        return invoice.path("parent")
                .path("subscription_details")
                .path("subscription")
                .asText();
    }

    public ObjectNode listPayments(SandboxApiRequest request) {
        SandboxForm payment = request.form().child("payment");
        return SandboxLists.page(
                request,
                state.all("invoice_payment"),
                SandboxLists.matching(request.form(), "invoice", "status")
                        .and(it -> SandboxLists.matching(payment, "type", "payment_intent")
                                .test((ObjectNode) it.get("payment"))));
    }

    public ObjectNode list(SandboxApiRequest request) {
        Optional<String> subscription = request.form().text("subscription");
        return SandboxLists.page(
                request,
                state.all("invoice"),
                SandboxLists.matching(request.form(), "customer", "status")
                        .and(it -> subscription.map(subscriptionId(it)::equals).orElse(true)));
    }
}
