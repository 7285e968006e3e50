package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.time.Duration;
import java.util.Optional;

/** Confirms payment intents, which creates charges. */
public final class SandboxPayments {
    /** Time until a bank debit succeeds, unless a control settles it earlier. */
    private static final Duration DEBIT_DURATION = Duration.ofDays(5);

    private final SandboxState state;
    private final SandboxEvents events;
    private final SandboxPaymentMethods paymentMethods;

    public SandboxPayments(SandboxState state, SandboxEvents events, SandboxPaymentMethods paymentMethods) {
        this.state = state;
        this.events = events;
        this.paymentMethods = paymentMethods;
    }

    public ObjectNode createIntent(long amount, String currency, String customer, String description) {
        ObjectNode intent = state.create("payment_intent");
        intent.put("amount", amount).put("currency", currency).put("customer", customer);
        intent.put("description", description);
        intent.put("client_secret", SandboxState.newId(SandboxState.id(intent) + "_secret_"));
        events.emit("payment_intent.created", intent);
        return intent;
    }

    public SandboxPaymentOutcome confirm(ObjectNode intent, Optional<ObjectNode> method) {
        if (method.isEmpty()) {
            events.emit("payment_intent.payment_failed", intent);
            return SandboxPaymentOutcome.FAILED;
        }
        ObjectNode charge = charge(intent, method.get());
        return switch (paymentMethods.behaviorOf(method.get())) {
            case GOOD -> succeeded(intent, charge);
            case DECLINES -> failed(intent, charge);
            case DELAYED -> {
                intent.put("status", "processing");
                state.internalData(intent).put("settles", state.nowEpochSeconds() + DEBIT_DURATION.toSeconds());
                events.emit("charge.pending", charge);
                events.emit("payment_intent.processing", intent);
                yield SandboxPaymentOutcome.PROCESSING;
            }
        };
    }

    private ObjectNode charge(ObjectNode intent, ObjectNode method) {
        ObjectNode charge = state.create("charge");
        for (String name : new String[] {"amount", "currency", "customer", "description"}) {
            charge.set(name, intent.get(name));
        }
        charge.put("payment_intent", SandboxState.id(intent)).put("payment_method", SandboxState.id(method));
        String type = method.path("type").asText();
        ObjectNode details = SandboxJson.child(charge, "payment_method_details").put("type", type);
        details.set(type, method.path(type).deepCopy());
        intent.put("latest_charge", SandboxState.id(charge)).put("payment_method", SandboxState.id(method));
        return charge;
    }

    /** Applies the result of a bank debit. */
    SandboxPaymentOutcome settle(ObjectNode intent, boolean succeeds) {
        state.internalData(intent).remove("settles");
        ObjectNode charge = state.require("charge", intent.path("latest_charge").asText());
        return succeeds ? succeeded(intent, charge) : failed(intent, charge);
    }

    /**
     * Cancels the intent.
     *
     * @throws SandboxApiError with status 400 while a bank debit is processing
     */
    void cancel(ObjectNode intent) {
        String status = intent.path("status").asText();
        if (status.equals("processing")) {
            throw SandboxApiError.of(
                            400,
                            "You cannot cancel this PaymentIntent because it has a status of processing. Wait until the"
                                    + " payment has succeeded or failed.")
                    .with("code", "payment_intent_unexpected_state");
        }
        if (!status.equals("succeeded") && !status.equals("canceled")) {
            intent.put("status", "canceled").put("canceled_at", state.nowEpochSeconds());
            intent.put("cancellation_reason", "void_invoice");
            events.emit("payment_intent.canceled", intent);
        }
    }

    private SandboxPaymentOutcome succeeded(ObjectNode intent, ObjectNode charge) {
        long amount = intent.path("amount").asLong();
        charge.put("status", "succeeded").put("paid", true).put("captured", true);
        charge.put("amount_captured", amount);
        outcome(charge, "approved_by_network", "authorized", "Payment complete.");
        intent.put("status", "succeeded").put("amount_received", amount).putNull("last_payment_error");
        events.emit("charge.succeeded", charge);
        events.emit("payment_intent.succeeded", intent);
        return SandboxPaymentOutcome.PAID;
    }

    private SandboxPaymentOutcome failed(ObjectNode intent, ObjectNode charge) {
        charge.put("status", "failed").put("failure_code", "card_declined");
        charge.put("failure_message", "Your card was declined.");
        outcome(
                charge,
                "declined_by_network",
                "issuer_declined",
                "The bank returned the decline code generic_decline.");
        intent.put("status", "requires_payment_method").putNull("payment_method");
        intent.set("last_payment_error", SandboxApiError.cardDeclined().body().get("error"));
        events.emit("charge.failed", charge);
        events.emit("payment_intent.payment_failed", intent);
        return SandboxPaymentOutcome.FAILED;
    }

    private static void outcome(ObjectNode charge, String network, String type, String message) {
        SandboxJson.child(charge, "outcome")
                .put("network_status", network)
                .put("risk_level", "normal")
                .put("seller_message", message)
                .put("type", type);
    }
}
