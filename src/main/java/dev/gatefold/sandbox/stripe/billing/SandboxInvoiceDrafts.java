package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.time.Duration;
import java.util.List;

/** Builds invoices of subscriptions, without storing them, so that a preview has the amounts of the later invoice. */
public final class SandboxInvoiceDrafts {
    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

    private final SandboxState state;
    private final SandboxDiscounts discounts;

    public SandboxInvoiceDrafts(SandboxState state, SandboxDiscounts discounts) {
        this.state = state;
        this.discounts = discounts;
    }

    /**
     * Builds a draft.
     *
     * @param from start of the invoice period in epoch seconds
     * @param until end of the invoice period
     * @param at instant of creation, for which the discounts are valid
     */
    ObjectNode build(
            ObjectNode subscription, String reason, List<SandboxInvoiceLine> lines, long from, long until, long at) {
        ObjectNode invoice = state.newObject("invoice").put("created", at);
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
        setTotals(invoice, subscription, at);
        if (invoice.path("collection_method").asText().equals("send_invoice")) {
            invoice.put("due_date", at + subscription.path("days_until_due").asLong() * DAY_SECONDS);
        }
        return invoice;
    }

    private void setTotals(ObjectNode invoice, ObjectNode subscription, long at) {
        long subtotal = SandboxJson.stream(invoice.path("lines").path("data"))
                .mapToLong(it -> it.path("amount").asLong())
                .sum();
        long total = subtotal - discounts.apply(invoice, subscription, at);
        invoice.put("subtotal", subtotal).put("subtotal_excluding_tax", subtotal);
        invoice.put("total", total).put("total_excluding_tax", total);
        ObjectNode customer =
                state.find("customer", subscription.path("customer").asText()).orElseGet(SandboxJson::object);
        SandboxBalances.preview(invoice, customer);
    }

    private ObjectNode render(SandboxInvoiceLine line, ObjectNode invoice, ObjectNode subscription) {
        ObjectNode item = state.newObject("line_item");
        item.put("invoice", SandboxState.id(invoice))
                .put("amount", line.amount())
                .put("subtotal", line.amount());
        item.put("description", line.description()).put("discountable", !line.proration());
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
        pricing.set("unit_amount_decimal", price.get("unit_amount_decimal"));
        return item;
    }
}
