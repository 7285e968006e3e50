package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.util.Optional;

/** What customers pay with, and how it behaves. */
public final class SandboxPaymentMethods {
    public enum PaymentMethodBehavior {
        GOOD("4242"),
        DECLINES("0341"),
        /** A bank debit: it takes days until one knows. */
        DELAYED("6789");

        private final String last4;

        PaymentMethodBehavior(String last4) {
            this.last4 = last4;
        }
    }

    private final SandboxState world;
    private final SandboxEvents events;

    public SandboxPaymentMethods(SandboxState world, SandboxEvents events) {
        this.world = world;
        this.events = events;
    }

    public ObjectNode attach(ObjectNode customer, PaymentMethodBehavior behaviour) {
        ObjectNode method = world.create("payment_method");
        method.put("customer", SandboxState.id(customer));
        boolean debit = behaviour == PaymentMethodBehavior.DELAYED;
        method.put("type", debit ? "us_bank_account" : "card");
        ObjectNode details = SandboxJson.child(method, method.path("type").asText());
        details.put("last4", behaviour.last4);
        if (debit) {
            details.put("bank_name", "STRIPE TEST BANK");
        } else {
            details.put("brand", "visa").put("exp_month", 12).put("exp_year", 2099);
        }
        world.internalData(method).put("behaviour", behaviour.name());
        events.emit("payment_method.attached", method);
        return method;
    }

    /** One of the customer's, or one of those that Stripe keeps for tests. */
    public String resolve(ObjectNode customer, String id) {
        return switch (id) {
            case "pm_card_visa", "pm_card_mastercard", "pm_card_us" ->
                SandboxState.id(attach(customer, PaymentMethodBehavior.GOOD));
            case "pm_card_chargeCustomerFail" -> SandboxState.id(attach(customer, PaymentMethodBehavior.DECLINES));
            case "pm_usBankAccount" -> SandboxState.id(attach(customer, PaymentMethodBehavior.DELAYED));
            default ->
                world.find("payment_method", id)
                        .map(SandboxState::id)
                        .orElseThrow(
                                () -> SandboxApiError.resourceMissing("PaymentMethod", id, "default_payment_method"));
        };
    }

    /** From now on the customer pays with one that behaves so, for everything. */
    public ObjectNode replaceDefault(ObjectNode customer, PaymentMethodBehavior behaviour) {
        String method = SandboxState.id(attach(customer, behaviour));
        events.updateAndEmit(
                "customer.updated",
                customer,
                () -> SandboxJson.child(customer, "invoice_settings").put("default_payment_method", method));
        for (ObjectNode subscription : world.all("subscription")) {
            boolean theirs = subscription.path("customer").asText().equals(SandboxState.id(customer));
            if (theirs && !subscription.hasNonNull("ended_at")) {
                events.updateAndEmit(
                        "customer.subscription.updated",
                        subscription,
                        () -> subscription.put("default_payment_method", method));
            }
        }
        return customer;
    }

    /** What pays for a subscription: its own, or else the customer's. */
    public Optional<ObjectNode> forSubscription(ObjectNode subscription) {
        return SandboxJson.text(subscription, "default_payment_method")
                .or(() -> world.find("customer", subscription.path("customer").asText())
                        .flatMap(it ->
                                SandboxJson.text(SandboxJson.child(it, "invoice_settings"), "default_payment_method")))
                .flatMap(id -> world.find("payment_method", id));
    }

    public PaymentMethodBehavior behaviorOf(ObjectNode method) {
        return PaymentMethodBehavior.valueOf(
                world.internalData(method).path("behaviour").asText());
    }
}
