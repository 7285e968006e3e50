package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;

/** How a subscription ends, for good or for a while. */
public final class SandboxSubscriptionEndings {
    private static final String UPDATED = "customer.subscription.updated";

    private final SandboxState world;
    private final SandboxEvents events;
    private final SandboxInvoices invoices;

    public SandboxSubscriptionEndings(SandboxState world, SandboxEvents events, SandboxInvoices invoices) {
        this.world = world;
        this.events = events;
        this.invoices = invoices;
    }

    public void cancel(ObjectNode subscription, String reason) {
        subscription.put("status", "canceled").put("ended_at", world.nowEpochSeconds());
        if (!subscription.hasNonNull("canceled_at")) {
            subscription.put("canceled_at", world.nowEpochSeconds());
        }
        if (reason != null) {
            SandboxJson.child(subscription, "cancellation_details").put("reason", reason);
        }
        letInvoicesLie(subscription);
        events.emit("customer.subscription.deleted", subscription);
    }

    /** What is still owed stays owed; nobody asks for it any more. */
    private void letInvoicesLie(ObjectNode subscription) {
        world.all("invoice").stream()
                .filter(it -> SandboxInvoices.subscriptionId(it).equals(SandboxState.id(subscription)))
                .filter(it -> it.path("auto_advance").asBoolean())
                .forEach(it -> events.updateAndEmit(
                        "invoice.updated",
                        it,
                        () -> it.put("auto_advance", false)
                                .putNull("next_payment_attempt")
                                .putNull("automatically_finalizes_at")));
    }

    /** The first payment was not made in time. */
    void expire(ObjectNode subscription) {
        events.updateAndEmit(
                UPDATED,
                subscription,
                () -> subscription.put("status", "incomplete_expired").put("ended_at", world.nowEpochSeconds()));
        world.find("invoice", subscription.path("latest_invoice").asText())
                .ifPresent(it -> invoices.close(it, "void", "voided_at", "invoice.voided"));
    }

    void pause(ObjectNode subscription) {
        events.updateAndEmit(UPDATED, subscription, () -> subscription.put("status", "paused"));
        events.emit("customer.subscription.paused", subscription);
    }

    void resume(ObjectNode subscription) {
        events.updateAndEmit(UPDATED, subscription, () -> subscription.put("status", "active"));
        events.emit("customer.subscription.resumed", subscription);
    }
}
