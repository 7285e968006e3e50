package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.util.List;

/**
 * Changes the items of a subscription and prorates the change. As with Stripe, an item without an id is added: a client that
 * wants to replace a price but omits the item's id is charged for both.
 */
final class SandboxSubscriptionItems {
    /** Invoice to create at once: none, the prorations of the current period, or a new period. */
    enum ImmediateInvoice {
        NONE,
        PRORATIONS,
        NEW_PERIOD
    }

    private final SandboxState state;
    private final SandboxSubscriptionBilling billing;
    private final SandboxDiscounts discounts;
    private final SandboxPriceAmounts amounts;

    SandboxSubscriptionItems(SandboxState state, SandboxSubscriptionBilling billing, SandboxDiscounts discounts) {
        this.state = state;
        this.billing = billing;
        this.discounts = discounts;
        this.amounts = new SandboxPriceAmounts(state);
    }

    /** Adds a credit for the rest of the paid period, which a new trial replaces. */
    void creditUnusedTime(ObjectNode subscription) {
        ArrayNode prorations = state.internalData(subscription).withArray("/prorations");
        for (ObjectNode item : SandboxSubscriptionBilling.items(subscription)) {
            prorate(prorations, item, -amount(subscription, item), "Unused time");
        }
    }

    ImmediateInvoice apply(ObjectNode subscription, SandboxForm form) {
        boolean trial = subscription.path("status").asText().equals("trialing");
        String proration = form.text("proration_behavior").orElse("create_prorations");
        JsonNode before = recurring(subscription);
        ArrayNode prorations = state.internalData(subscription).withArray("/prorations");
        List<SandboxForm> requested = form.children("items");
        for (SandboxForm item : requested) {
            long unusedAmount = item.has("id") ? amount(subscription, find(subscription, item.required("id"))) : 0;
            ObjectNode changed = applyItem(subscription, item);
            if (!trial && !proration.equals("none")) {
                prorate(
                        prorations,
                        SandboxSubscriptionBilling.items(subscription).getFirst(),
                        -unusedAmount,
                        "Unused time");
                boolean newInterval = !recurring(subscription).equals(before);
                prorate(
                        prorations,
                        SandboxSubscriptionBilling.items(subscription).getFirst(),
                        newInterval ? 0 : amount(subscription, changed),
                        "Remaining time");
            }
        }
        boolean intervalChanged = !trial && !recurring(subscription).equals(before);
        if (intervalChanged) {
            billing.restartBillingPeriods(subscription);
            return ImmediateInvoice.NEW_PERIOD;
        }
        boolean atOnce = !requested.isEmpty() && !trial && proration.equals("always_invoice");
        return atOnce ? ImmediateInvoice.PRORATIONS : ImmediateInvoice.NONE;
    }

    private static JsonNode recurring(ObjectNode subscription) {
        return SandboxSubscriptionBilling.items(subscription)
                .getFirst()
                .path("price")
                .path("recurring");
    }

    /** Applies the change of one item and returns the item. A deleted item has the quantity 0. */
    private ObjectNode applyItem(ObjectNode subscription, SandboxForm requested) {
        if (!requested.has("id")) {
            ObjectNode first = SandboxSubscriptionBilling.items(subscription).getFirst();
            ObjectNode item = billing.addItem(
                    subscription,
                    new SandboxRequestedItem(
                            price(requested), requested.number("quantity").orElse(1L)));
            item.set("current_period_start", first.get("current_period_start"));
            item.set("current_period_end", first.get("current_period_end"));
            return item;
        }
        ObjectNode item = find(subscription, requested.required("id"));
        if (requested.flag("deleted").orElse(false)) {
            remove(subscription, item);
            return item.put("quantity", 0);
        }
        if (requested.has("price")) {
            item.set("price", price(requested).deepCopy());
        }
        requested.number("quantity").ifPresent(it -> item.put("quantity", it));
        return item;
    }

    private static void remove(ObjectNode subscription, ObjectNode item) {
        ArrayNode items = subscription.withArray("/items/data");
        if (items.size() == 1) {
            throw SandboxApiError.of(400, "A subscription must have at least one active plan.");
        }
        items.removeIf(it -> it.path("id").equals(item.get("id")));
        SandboxJson.child(subscription, "items").put("total_count", items.size());
    }

    private static ObjectNode find(ObjectNode subscription, String id) {
        return SandboxSubscriptionBilling.items(subscription).stream()
                .filter(it -> SandboxState.id(it).equals(id))
                .findFirst()
                .orElseThrow(() -> SandboxApiError.resourceMissing("subscription_item", id, "items"));
    }

    private ObjectNode price(SandboxForm requested) {
        String id = requested.required("price");
        ObjectNode price = state.find("price", id)
                .orElseThrow(() -> SandboxApiError.resourceMissing("price", id, "items[0][price]"));
        if (!price.path("type").asText().equals("recurring")) {
            throw SandboxApiError.invalidParam("items[0][price]", "The price specified is not recurring.");
        }
        return price;
    }

    private long amount(ObjectNode subscription, ObjectNode item) {
        return discounts.discounted(amounts.ofItem(item), subscription);
    }

    /** Adds a proration for the rest of the period. Half cents are rounded away from zero, so credit and charge balance. */
    private void prorate(ArrayNode prorations, ObjectNode item, long amount, String description) {
        long from = item.path("current_period_start").asLong();
        long until = item.path("current_period_end").asLong();
        double left = Math.clamp((until - state.nowEpochSeconds()) / (double) Math.max(1, until - from), 0, 1);
        if (amount != 0 && left > 0) {
            prorations
                    .addObject()
                    .put("amount", Math.round(Math.abs(amount) * left) * Long.signum(amount))
                    .put("description", description)
                    .put("from", state.nowEpochSeconds())
                    .put("until", until);
        }
    }
}
