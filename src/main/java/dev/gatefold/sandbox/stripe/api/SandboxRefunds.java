package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.state.SandboxLists;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;

/** The API of refunds. */
public final class SandboxRefunds {
    private final SandboxState state;
    private final SandboxEvents events;

    SandboxRefunds(SandboxState state, SandboxEvents events) {
        this.state = state;
        this.events = events;
    }

    public ObjectNode create(SandboxApiRequest request) {
        SandboxForm form = request.form();
        ObjectNode charge = charge(form);
        if (charge.path("refunded").asBoolean()) {
            throw SandboxApiError.of(400, "Charge " + SandboxState.id(charge) + " has already been refunded.")
                    .with("code", "charge_already_refunded");
        }
        long left =
                charge.path("amount").asLong() - charge.path("amount_refunded").asLong();
        long amount = form.number("amount").orElse(left);
        if (amount <= 0 || amount > left || !charge.path("paid").asBoolean()) {
            throw SandboxApiError.invalidParam(
                    "amount", "Refund amount is greater than unrefunded amount on charge, which is " + left);
        }
        ObjectNode refund = refund(charge, amount);
        form.copy(refund, "reason");
        form.copyMetadata(refund);
        events.emit("refund.created", refund);
        return refund;
    }

    private ObjectNode charge(SandboxForm form) {
        if (form.has("charge")) {
            return find("charge", form.required("charge"), "charge");
        }
        if (!form.has("payment_intent")) {
            throw SandboxApiError.of(
                    400, "One of the following params should be provided for this request: payment_intent or charge.");
        }
        ObjectNode intent = find("payment_intent", form.required("payment_intent"), "payment_intent");
        return find("charge", intent.path("latest_charge").asText(), "payment_intent");
    }

    private ObjectNode find(String kind, String id, String param) {
        return state.find(kind, id).orElseThrow(() -> SandboxApiError.resourceMissing(kind, id, param));
    }

    /** Adds the refund to the refunded amount of the charge. The invoice and the subscription keep their status. */
    private ObjectNode refund(ObjectNode charge, long amount) {
        ObjectNode refund = state.create("refund");
        refund.put("amount", amount).put("charge", SandboxState.id(charge));
        refund.set("currency", charge.get("currency"));
        refund.set("payment_intent", charge.get("payment_intent"));
        events.updateAndEmit("charge.refunded", charge, () -> {
            long refunded = charge.path("amount_refunded").asLong() + amount;
            charge.put("amount_refunded", refunded);
            charge.put("refunded", refunded == charge.path("amount").asLong());
        });
        return refund;
    }

    ObjectNode list(SandboxApiRequest request) {
        return SandboxLists.page(
                request, state.all("refund"), SandboxLists.matching(request.form(), "charge", "payment_intent"));
    }
}
