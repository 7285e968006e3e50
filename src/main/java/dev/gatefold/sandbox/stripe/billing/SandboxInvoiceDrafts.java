package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.util.List;

/** Builds invoices of subscriptions, without storing them, so that a preview has the amounts of the later invoice. */
final class SandboxInvoiceDrafts {
    private final SandboxState state;

    SandboxInvoiceDrafts(SandboxState state) {
        this.state = state;
    }

    /**
     * Builds a draft.
     *
     * @param from start of the invoice period in epoch seconds
     * @param until end of the invoice period
     */
    ObjectNode build(ObjectNode subscription, String reason, List<SandboxInvoiceLine> lines, long from, long until) {
        ObjectNode invoice = state.newObject("invoice");
        invoice.put("billing_reason", reason).put("period_start", from).put("period_end", until);
        for (String name : List.of("currency", "customer", "collection_method")) {
            invoice.set(name, subscription.get(name));
        }
        state.find("customer", subscription.path("customer").asText()).ifPresent(customer -> {
            invoice.set("customer_email", customer.get("email"));
            invoice.set("customer_name", customer.get("name"));
        });
        ObjectNode details = SandboxJson.child(
                SandboxJson.child(invoice, "parent").put("type", "subscription_details"), "subscription_details");
        details.put("subscription", SandboxState.id(subscription));
        details.set("metadata", subscription.get("metadata").deepCopy());
        ObjectNode list = SandboxJson.child(invoice, "lines");
        lines.forEach(line -> list.withArray("/data").add(render(line, invoice, subscription)));
        list.put("total_count", lines.size()).put("url", "/v1/invoices/" + SandboxState.id(invoice) + "/lines");
        long total = lines.stream().mapToLong(SandboxInvoiceLine::amount).sum();
        for (String name : List.of("subtotal", "subtotal_excluding_tax", "total", "total_excluding_tax")) {
            invoice.put(name, total);
        }
        invoice.put("amount_due", Math.max(0, total)).put("amount_remaining", Math.max(0, total));
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
}
