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
 * Another price, another quantity, an item more or less. What names no item is one more, as with Stripe: whoever means to
 * replace a price and forgets the item's id is charged twice.
 */
final class SandboxSubscriptionItems {
    /** What has to be invoiced at once: what a change left of the period that goes on, or a whole new one. */
    enum ImmediateInvoice {
        NONE,
        PRORATIONS,
        NEW_PERIOD
    }

    private final SandboxState world;
    private final SandboxSubscriptionBilling starting;

    SandboxSubscriptionItems(SandboxState world, SandboxSubscriptionBilling starting) {
        this.world = world;
        this.starting = starting;
    }

    ImmediateInvoice apply(ObjectNode subscription, SandboxForm form) {
        boolean trial = subscription.path("status").asText().equals("trialing");
        String proration = form.text("proration_behavior").orElse("create_prorations");
        JsonNode before = recurring(subscription);
        ArrayNode waiting = world.internalData(subscription).withArray("/prorations");
        List<SandboxForm> wanted = form.children("items");
        for (SandboxForm item : wanted) {
            long unused = item.has("id") ? worth(find(subscription, item.required("id"))) : 0;
            ObjectNode now = change(subscription, item);
            if (!trial && !proration.equals("none")) {
                prorate(waiting, SandboxSubscriptionBilling.items(subscription).getFirst(), -unused, "Unused time");
                boolean fresh = !recurring(subscription).equals(before);
                prorate(
                        waiting,
                        SandboxSubscriptionBilling.items(subscription).getFirst(),
                        fresh ? 0 : worth(now),
                        "Remaining time");
            }
        }
        boolean anotherInterval = !trial && !recurring(subscription).equals(before);
        if (anotherInterval) {
            starting.restartBillingPeriods(subscription);
        }
        if (anotherInterval) {
            return ImmediateInvoice.NEW_PERIOD;
        }
        boolean atOnce = !wanted.isEmpty() && !trial && proration.equals("always_invoice");
        return atOnce ? ImmediateInvoice.PRORATIONS : ImmediateInvoice.NONE;
    }

    private static JsonNode recurring(ObjectNode subscription) {
        return SandboxSubscriptionBilling.items(subscription)
                .getFirst()
                .path("price")
                .path("recurring");
    }

    /** The item as it is then, also one that is taken away. */
    private ObjectNode change(ObjectNode subscription, SandboxForm wanted) {
        if (!wanted.has("id")) {
            ObjectNode first = SandboxSubscriptionBilling.items(subscription).getFirst();
            ObjectNode item = starting.addItem(
                    subscription,
                    new SandboxSubscriptionBilling.RequestedItem(
                            price(wanted), wanted.number("quantity").orElse(1L)));
            item.set("current_period_start", first.get("current_period_start"));
            item.set("current_period_end", first.get("current_period_end"));
            return item;
        }
        ObjectNode item = find(subscription, wanted.required("id"));
        if (wanted.flag("deleted").orElse(false)) {
            remove(subscription, item);
            return item.put("quantity", 0);
        }
        if (wanted.has("price")) {
            item.set("price", price(wanted).deepCopy());
        }
        wanted.number("quantity").ifPresent(it -> item.put("quantity", it));
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

    private ObjectNode price(SandboxForm wanted) {
        String id = wanted.required("price");
        ObjectNode price = world.find("price", id)
                .orElseThrow(() -> SandboxApiError.resourceMissing("price", id, "items[0][price]"));
        if (!price.path("type").asText().equals("recurring")) {
            throw SandboxApiError.invalidParam("items[0][price]", "The price specified is not recurring.");
        }
        return price;
    }

    private static long worth(ObjectNode item) {
        return item.path("price").path("unit_amount").asLong()
                * item.path("quantity").asLong();
    }

    /** For what is left of the period; halves away from nothing, so that a credit and a charge make up for each other. */
    private void prorate(ArrayNode waiting, ObjectNode item, long amount, String description) {
        long from = item.path("current_period_start").asLong();
        long until = item.path("current_period_end").asLong();
        double left = Math.clamp((until - world.nowEpochSeconds()) / (double) Math.max(1, until - from), 0, 1);
        if (amount != 0) {
            waiting.addObject()
                    .put("amount", Math.round(Math.abs(amount) * left) * Long.signum(amount))
                    .put("description", description)
                    .put("from", world.nowEpochSeconds())
                    .put("until", until);
        }
    }
}
