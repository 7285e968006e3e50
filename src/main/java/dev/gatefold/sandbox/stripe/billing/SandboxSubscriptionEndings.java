package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;

/** Cancels, expires, pauses and resumes subscriptions. */
public final class SandboxSubscriptionEndings {
    private static final String UPDATED = "customer.subscription.updated";

    private final SandboxState state;
    private final SandboxEvents events;
    private final SandboxInvoices invoices;

    public SandboxSubscriptionEndings(SandboxState state, SandboxEvents events, SandboxInvoices invoices) {
        this.state = state;
        this.events = events;
        this.invoices = invoices;
    }

    /**
     * Cancels the subscription now; one whose first payment is missing expires. {@code reason} is null for a cancellation that
     * was due.
     */
    public void cancel(ObjectNode subscription, String reason) {
        if (subscription.path("status").asText().equals("incomplete")) {
            expire(subscription);
            return;
        }
        subscription.put("status", "canceled").put("ended_at", state.nowEpochSeconds());
        if (!subscription.hasNonNull("canceled_at")) {
            subscription.put("canceled_at", state.nowEpochSeconds());
        }
        if (reason != null) {
            SandboxJson.child(subscription, "cancellation_details").put("reason", reason);
        }
        stopCollection(subscription);
        endSchedule(subscription);
        events.emit("customer.subscription.deleted", subscription);
    }

    private void endSchedule(ObjectNode subscription) {
        state.find("subscription_schedule", subscription.path("schedule").asText())
                .ifPresent(schedule -> {
                    schedule.put("status", "canceled")
                            .put("canceled_at", state.nowEpochSeconds())
                            .putNull("current_phase");
                    events.emit("subscription_schedule.canceled", schedule);
                });
        subscription.putNull("schedule");
    }

    /** Stops the automatic collection of the invoices, which stay open. */
    private void stopCollection(ObjectNode subscription) {
        state.all("invoice").stream()
                .filter(it -> SandboxInvoices.subscriptionId(it).equals(SandboxState.id(subscription)))
                .filter(it -> it.path("auto_advance").asBoolean())
                .forEach(it -> events.updateAndEmit(
                        "invoice.updated",
                        it,
                        () -> it.put("auto_advance", false)
                                .putNull("next_payment_attempt")
                                .putNull("automatically_finalizes_at")));
    }

    /** Ends a subscription whose first payment was not made, and voids its invoice. */
    void expire(ObjectNode subscription) {
        events.updateAndEmit(
                UPDATED,
                subscription,
                () -> subscription
                        .put("status", "incomplete_expired")
                        .put("canceled_at", state.nowEpochSeconds())
                        .put("ended_at", state.nowEpochSeconds()));
        state.find("invoice", subscription.path("latest_invoice").asText())
                .filter(it -> it.path("status").asText().equals("open"))
                .ifPresent(invoices::voidInvoice);
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
