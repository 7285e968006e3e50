package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** A buyer's bank takes the money back, or only asks; later it says who was right. */
final class Disputes {
    private static final Duration ANSWER_WITHIN = Duration.ofDays(14);

    private final World world;
    private final Events events;

    Disputes(World world, Events events) {
        this.world = world;
        this.events = events;
    }

    ObjectNode open(ObjectNode charge) {
        ObjectNode dispute = begin(charge, "needs_response");
        events.tell("charge.dispute.created", dispute);
        events.tell("charge.dispute.funds_withdrawn", dispute);
        return dispute;
    }

    /** No money moves for the time being. */
    ObjectNode inquire(ObjectNode charge) {
        ObjectNode dispute = begin(charge, "warning_needs_response");
        events.tell("charge.dispute.created", dispute);
        return dispute;
    }

    private ObjectNode begin(ObjectNode charge, String status) {
        if (charge.path("disputed").asBoolean()) {
            throw Refusal.of(400, "Charge " + World.id(charge) + " is disputed already.");
        }
        charge.put("disputed", true);
        ObjectNode dispute = world.create("dispute");
        dispute.put("charge", World.id(charge)).put("status", status);
        dispute.put("is_charge_refundable", status.startsWith("warning_"));
        for (String name : List.of("amount", "currency", "payment_intent")) {
            dispute.set(name, charge.get(name));
        }
        Json.child(dispute, "evidence_details").put("due_by", world.seconds() + ANSWER_WITHIN.toSeconds());
        return dispute;
    }

    ObjectNode win(ObjectNode dispute) {
        boolean inquiry = isInquiry(dispute);
        close(dispute, inquiry ? "warning_closed" : "won");
        if (!inquiry) {
            events.tell("charge.dispute.funds_reinstated", dispute);
        }
        return dispute;
    }

    /** An inquiry that is lost becomes a dispute first. */
    ObjectNode lose(ObjectNode dispute) {
        if (isInquiry(dispute)) {
            events.change("charge.dispute.updated", dispute, () -> dispute.put("status", "needs_response"));
            events.tell("charge.dispute.funds_withdrawn", dispute);
        }
        close(dispute, "lost");
        return dispute;
    }

    private static boolean isInquiry(ObjectNode dispute) {
        return dispute.path("status").asText().startsWith("warning_");
    }

    private void close(ObjectNode dispute, String status) {
        dispute.put("status", status);
        events.tell("charge.dispute.closed", dispute);
    }

    /** The one that is not decided yet. */
    ObjectNode pending(List<ObjectNode> charges) {
        List<String> ids = charges.stream().map(World::id).toList();
        return world.all("dispute").stream()
                .filter(it -> ids.contains(it.path("charge").asText()))
                .filter(it -> it.path("status").asText().endsWith("needs_response"))
                .findFirst()
                .orElseThrow(() -> Refusal.of(400, "There is no open dispute."));
    }

    ObjectNode list(Call call) {
        return Lists.page(call, world.all("dispute"), Lists.where(call.form(), "charge", "payment_intent"));
    }
}
