package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.util.Optional;

/** The payment methods of customers. No real card or account is involved: each has a fixed behavior. */
public final class SandboxPaymentMethods {
    private final SandboxState state;
    private final SandboxEvents events;

    public SandboxPaymentMethods(SandboxState state, SandboxEvents events) {
        this.state = state;
        this.events = events;
    }

    public ObjectNode attach(ObjectNode customer, SandboxPaymentMethodBehavior behavior) {
        return attach(customer, behavior, behavior.last4);
    }

    /** Attaches a payment method whose fingerprint is the same for all customers with the same number. */
    private ObjectNode attach(ObjectNode customer, SandboxPaymentMethodBehavior behavior, String last4) {
        ObjectNode method = state.create("payment_method");
        method.put("customer", SandboxState.id(customer));
        boolean debit = behavior == SandboxPaymentMethodBehavior.DELAYED;
        method.put("type", debit ? "us_bank_account" : "card");
        ObjectNode details = SandboxJson.child(method, method.path("type").asText());
        details.put("last4", last4).put("fingerprint", "sandbox" + behavior.name() + last4);
        if (debit) {
            details.put("bank_name", "STRIPE TEST BANK");
        } else {
            details.put("brand", "visa").put("exp_month", 12).put("exp_year", 2099);
        }
        state.internalData(method).put("behaviour", behavior.name());
        events.emit("payment_method.attached", method);
        return method;
    }

    /**
     * Returns the id of an existing payment method. For an id of a Stripe test card such as {@code pm_card_visa}, attaches a new
     * payment method and returns its id.
     */
    public String resolve(ObjectNode customer, String id) {
        return switch (id) {
            case "pm_card_visa", "pm_card_us" -> SandboxState.id(attach(customer, SandboxPaymentMethodBehavior.GOOD));
            case "pm_card_mastercard" -> SandboxState.id(attach(customer, SandboxPaymentMethodBehavior.GOOD, "4444"));
            case "pm_card_chargeCustomerFail" ->
                SandboxState.id(attach(customer, SandboxPaymentMethodBehavior.DECLINES));
            case "pm_usBankAccount" -> SandboxState.id(attach(customer, SandboxPaymentMethodBehavior.DELAYED));
            default ->
                state.find("payment_method", id)
                        .map(SandboxState::id)
                        .orElseThrow(
                                () -> SandboxApiError.resourceMissing("PaymentMethod", id, "default_payment_method"));
        };
    }

    /** Attaches a new payment method and makes it the default of the customer and of their subscriptions. */
    public ObjectNode replaceDefault(ObjectNode customer, SandboxPaymentMethodBehavior behavior) {
        String method = SandboxState.id(attach(customer, behavior));
        events.updateAndEmit(
                "customer.updated",
                customer,
                () -> SandboxJson.child(customer, "invoice_settings").put("default_payment_method", method));
        for (ObjectNode subscription : state.all("subscription")) {
            boolean ofCustomer = subscription.path("customer").asText().equals(SandboxState.id(customer));
            if (ofCustomer && !subscription.hasNonNull("ended_at")) {
                events.updateAndEmit(
                        "customer.subscription.updated",
                        subscription,
                        () -> subscription.put("default_payment_method", method));
            }
        }
        return customer;
    }

    /** Returns the default payment method of the subscription, or else of its customer. */
    public Optional<ObjectNode> forSubscription(ObjectNode subscription) {
        return SandboxJson.text(subscription, "default_payment_method")
                .or(() -> state.find("customer", subscription.path("customer").asText())
                        .flatMap(it ->
                                SandboxJson.text(SandboxJson.child(it, "invoice_settings"), "default_payment_method")))
                .flatMap(id -> state.find("payment_method", id));
    }

    public SandboxPaymentMethodBehavior behaviorOf(ObjectNode method) {
        return SandboxPaymentMethodBehavior.valueOf(
                state.internalData(method).path("behaviour").asText());
    }
}
