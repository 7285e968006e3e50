package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxLists;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.time.Duration;
import java.util.List;

/** Disputes and inquiries of charges, from opening to closing. */
public final class SandboxDisputes {
    private static final Duration EVIDENCE_PERIOD = Duration.ofDays(14);

    private final SandboxState state;
    private final SandboxEvents events;

    SandboxDisputes(SandboxState state, SandboxEvents events) {
        this.state = state;
        this.events = events;
    }

    /** Opens a dispute, which withdraws the funds. */
    public ObjectNode open(ObjectNode charge) {
        ObjectNode dispute = begin(charge, "needs_response");
        events.emit("charge.dispute.created", dispute);
        events.emit("charge.dispute.funds_withdrawn", dispute);
        return dispute;
    }

    /** Opens an inquiry, which withdraws no funds. */
    public ObjectNode inquire(ObjectNode charge) {
        ObjectNode dispute = begin(charge, "warning_needs_response");
        events.emit("charge.dispute.created", dispute);
        return dispute;
    }

    private ObjectNode begin(ObjectNode charge, String status) {
        if (charge.path("disputed").asBoolean()) {
            throw SandboxApiError.of(400, "Charge " + SandboxState.id(charge) + " is disputed already.");
        }
        charge.put("disputed", true);
        ObjectNode dispute = state.create("dispute");
        dispute.put("charge", SandboxState.id(charge)).put("status", status);
        dispute.put("is_charge_refundable", status.startsWith("warning_"));
        for (String name : List.of("amount", "currency", "payment_intent")) {
            dispute.set(name, charge.get(name));
        }
        SandboxJson.child(dispute, "evidence_details")
                .put("due_by", state.nowEpochSeconds() + EVIDENCE_PERIOD.toSeconds());
        return dispute;
    }

    /** Closes the dispute or inquiry in favor of the seller. */
    public ObjectNode win(ObjectNode dispute) {
        boolean inquiry = isInquiry(dispute);
        close(dispute, inquiry ? "warning_closed" : "won");
        if (!inquiry) {
            events.emit("charge.dispute.funds_reinstated", dispute);
        }
        return dispute;
    }

    /** Closes the dispute in favor of the buyer. An inquiry becomes a dispute first. */
    public ObjectNode lose(ObjectNode dispute) {
        if (isInquiry(dispute)) {
            events.updateAndEmit("charge.dispute.updated", dispute, () -> dispute.put("status", "needs_response"));
            events.emit("charge.dispute.funds_withdrawn", dispute);
        }
        close(dispute, "lost");
        return dispute;
    }

    private static boolean isInquiry(ObjectNode dispute) {
        return dispute.path("status").asText().startsWith("warning_");
    }

    private void close(ObjectNode dispute, String status) {
        dispute.put("status", status);
        events.emit("charge.dispute.closed", dispute);
    }

    /**
     * Returns the open dispute of one of the charges.
     *
     * @throws SandboxApiError with status 400 if there is none
     */
    public ObjectNode pending(List<ObjectNode> charges) {
        List<String> ids = charges.stream().map(SandboxState::id).toList();
        return state.all("dispute").stream()
                .filter(it -> ids.contains(it.path("charge").asText()))
                .filter(it -> it.path("status").asText().endsWith("needs_response"))
                .findFirst()
                .orElseThrow(() -> SandboxApiError.of(400, "There is no open dispute."));
    }

    ObjectNode list(SandboxApiRequest request) {
        return SandboxLists.page(
                request, state.all("dispute"), SandboxLists.matching(request.form(), "charge", "payment_intent"));
    }
}
