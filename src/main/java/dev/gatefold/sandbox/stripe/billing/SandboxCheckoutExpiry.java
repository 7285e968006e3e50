package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;

/** Expires Checkout sessions, by request or by time. */
public final class SandboxCheckoutExpiry {
    private SandboxCheckoutExpiry() {}

    /** Sets the open session to {@code expired} and emits the event. */
    public static void expire(ObjectNode session, SandboxEvents events) {
        session.put("status", "expired").putNull("url");
        events.emit("checkout.session.expired", session);
    }
}
