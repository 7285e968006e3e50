package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How a subscription ends, for good or for a while. */
final class Endings {
    private static final String UPDATED = "customer.subscription.updated";

    private final World world;
    private final Events events;
    private final Invoices invoices;

    Endings(World world, Events events, Invoices invoices) {
        this.world = world;
        this.events = events;
        this.invoices = invoices;
    }

    void cancel(ObjectNode subscription, String reason) {
        subscription.put("status", "canceled").put("ended_at", world.seconds());
        if (!subscription.hasNonNull("canceled_at")) {
            subscription.put("canceled_at", world.seconds());
        }
        if (reason != null) {
            Json.child(subscription, "cancellation_details").put("reason", reason);
        }
        letInvoicesLie(subscription);
        events.tell("customer.subscription.deleted", subscription);
    }

    /** What is still owed stays owed; nobody asks for it any more. */
    private void letInvoicesLie(ObjectNode subscription) {
        world.all("invoice").stream()
                .filter(it -> Invoices.subscription(it).equals(World.id(subscription)))
                .filter(it -> it.path("auto_advance").asBoolean())
                .forEach(it -> events.change(
                        "invoice.updated",
                        it,
                        () -> it.put("auto_advance", false)
                                .putNull("next_payment_attempt")
                                .putNull("automatically_finalizes_at")));
    }

    /** The first payment was not made in time. */
    void expire(ObjectNode subscription) {
        events.change(
                UPDATED,
                subscription,
                () -> subscription.put("status", "incomplete_expired").put("ended_at", world.seconds()));
        world.find("invoice", subscription.path("latest_invoice").asText())
                .ifPresent(it -> invoices.close(it, "void", "voided_at", "invoice.voided"));
    }

    void pause(ObjectNode subscription) {
        events.change(UPDATED, subscription, () -> subscription.put("status", "paused"));
        events.tell("customer.subscription.paused", subscription);
    }

    void resumed(ObjectNode subscription) {
        events.change(UPDATED, subscription, () -> subscription.put("status", "active"));
        events.tell("customer.subscription.resumed", subscription);
    }
}
