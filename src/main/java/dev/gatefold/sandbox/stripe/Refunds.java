package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;

final class Refunds {
    private final World world;
    private final Events events;

    Refunds(World world, Events events) {
        this.world = world;
        this.events = events;
    }

    ObjectNode create(Call call) {
        Form form = call.form();
        ObjectNode charge = charge(form);
        if (charge.path("refunded").asBoolean()) {
            throw Refusal.of(400, "Charge " + World.id(charge) + " has already been refunded.")
                    .with("code", "charge_already_refunded");
        }
        long left =
                charge.path("amount").asLong() - charge.path("amount_refunded").asLong();
        long amount = form.number("amount").orElse(left);
        if (amount <= 0 || amount > left || !charge.path("paid").asBoolean()) {
            throw Refusal.bad("amount", "Refund amount is greater than unrefunded amount on charge, which is " + left);
        }
        ObjectNode refund = refund(charge, amount);
        form.copy(refund, "reason");
        form.copyMetadata(refund);
        events.tell("refund.created", refund);
        return refund;
    }

    private ObjectNode charge(Form form) {
        if (form.has("charge")) {
            return find("charge", form.required("charge"), "charge");
        }
        if (!form.has("payment_intent")) {
            throw Refusal.of(
                    400, "One of the following params should be provided for this request: payment_intent or charge.");
        }
        ObjectNode intent = find("payment_intent", form.required("payment_intent"), "payment_intent");
        return find("charge", intent.path("latest_charge").asText(), "payment_intent");
    }

    private ObjectNode find(String kind, String id, String param) {
        return world.find(kind, id).orElseThrow(() -> Refusal.missing(kind, id, param));
    }

    /** Each one adds to what the charge says; no status moves. */
    private ObjectNode refund(ObjectNode charge, long amount) {
        ObjectNode refund = world.create("refund");
        refund.put("amount", amount).put("charge", World.id(charge));
        refund.set("currency", charge.get("currency"));
        refund.set("payment_intent", charge.get("payment_intent"));
        events.change("charge.refunded", charge, () -> {
            long refunded = charge.path("amount_refunded").asLong() + amount;
            charge.put("amount_refunded", refunded);
            charge.put("refunded", refunded == charge.path("amount").asLong());
        });
        return refund;
    }

    ObjectNode list(Call call) {
        return Lists.page(call, world.all("refund"), Lists.where(call.form(), "charge", "payment_intent"));
    }
}
