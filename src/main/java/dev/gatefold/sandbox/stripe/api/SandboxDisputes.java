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

/** A buyer's bank takes the money back, or only asks; later it says who was right. */
public final class SandboxDisputes {
    private static final Duration ANSWER_WITHIN = Duration.ofDays(14);

    private final SandboxState world;
    private final SandboxEvents events;

    SandboxDisputes(SandboxState world, SandboxEvents events) {
        this.world = world;
        this.events = events;
    }

    public ObjectNode open(ObjectNode charge) {
        ObjectNode dispute = begin(charge, "needs_response");
        events.emit("charge.dispute.created", dispute);
        events.emit("charge.dispute.funds_withdrawn", dispute);
        return dispute;
    }

    /** No money moves for the time being. */
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
        ObjectNode dispute = world.create("dispute");
        dispute.put("charge", SandboxState.id(charge)).put("status", status);
        dispute.put("is_charge_refundable", status.startsWith("warning_"));
        for (String name : List.of("amount", "currency", "payment_intent")) {
            dispute.set(name, charge.get(name));
        }
        SandboxJson.child(dispute, "evidence_details")
                .put("due_by", world.nowEpochSeconds() + ANSWER_WITHIN.toSeconds());
        return dispute;
    }

    public ObjectNode win(ObjectNode dispute) {
        boolean inquiry = isInquiry(dispute);
        close(dispute, inquiry ? "warning_closed" : "won");
        if (!inquiry) {
            events.emit("charge.dispute.funds_reinstated", dispute);
        }
        return dispute;
    }

    /** An inquiry that is lost becomes a dispute first. */
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

    /** The one that is not decided yet. */
    public ObjectNode pending(List<ObjectNode> charges) {
        List<String> ids = charges.stream().map(SandboxState::id).toList();
        return world.all("dispute").stream()
                .filter(it -> ids.contains(it.path("charge").asText()))
                .filter(it -> it.path("status").asText().endsWith("needs_response"))
                .findFirst()
                .orElseThrow(() -> SandboxApiError.of(400, "There is no open dispute."));
    }

    ObjectNode list(SandboxApiRequest call) {
        return SandboxLists.page(
                call, world.all("dispute"), SandboxLists.matching(call.form(), "charge", "payment_intent"));
    }
}
