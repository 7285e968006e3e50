package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethodBehavior;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethods;
import dev.gatefold.sandbox.stripe.billing.SandboxPayments;
import dev.gatefold.sandbox.stripe.billing.SandboxRequestedItem;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionBilling;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionTerms;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import dev.gatefold.sandbox.stripe.webhooks.SandboxWebhookDeliveries;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The actions of a buyer at the Checkout. */
public final class SandboxCheckoutActions {
    private final SandboxState state;
    private final SandboxEvents events;
    private final SandboxCustomers customers;
    private final SandboxPaymentMethods paymentMethods;
    private final SandboxPayments payments;
    private final SandboxSubscriptionBilling billing;
    private final SandboxWebhookDeliveries deliveries;

    SandboxCheckoutActions(
            SandboxState state,
            SandboxEvents events,
            SandboxCustomers customers,
            SandboxPaymentMethods paymentMethods,
            SandboxPayments payments,
            SandboxSubscriptionBilling billing,
            SandboxWebhookDeliveries deliveries) {
        this.state = state;
        this.events = events;
        this.customers = customers;
        this.paymentMethods = paymentMethods;
        this.payments = payments;
        this.billing = billing;
        this.deliveries = deliveries;
    }

    /** Completes the session, waits like Stripe for the response to the webhook, and returns the success URL. */
    public String pay(String id, SandboxPaymentMethodBehavior behavior) {
        ObjectNode completed = state.locked(() -> complete(id, behavior));
        deliveries.deliverAndAwaitResponse(completed);
        return state.locked(() -> state.require("checkout.session", id)
                .path("success_url")
                .asText()
                .replace("{CHECKOUT_SESSION_ID}", id));
    }

    ObjectNode requireOpen(String id) {
        ObjectNode session = state.require("checkout.session", id);
        if (!session.path("status").asText().equals("open")) {
            throw SandboxApiError.of(
                    400, "This Checkout is " + session.path("status").asText() + ".");
        }
        return session;
    }

    /** Completes the session, and returns the event of it. The caller holds the lock of the state. */
    public ObjectNode complete(String id, SandboxPaymentMethodBehavior behavior) {
        ObjectNode session = requireOpen(id);
        ObjectNode customer = customer(session);
        switch (session.path("mode").asText()) {
            case "subscription" -> subscribe(session, customer, behavior);
            case "payment" -> payOnce(session, customer, behavior);
            default -> {
                paymentMethods.attach(customer, behavior);
                session.put("payment_status", "no_payment_required");
            }
        }
        session.put("status", "complete").putNull("url");
        return events.emit("checkout.session.completed", session);
    }

    private ObjectNode customer(ObjectNode session) {
        ObjectNode customer = SandboxJson.text(session, "customer")
                .map(id -> requireExisting(id))
                .orElseGet(() -> {
                    ObjectNode fields = SandboxJson.object();
                    fields.put("email", session.path("customer_email").asText("customer@example.com"));
                    return customers.create(new SandboxForm(fields));
                });
        session.put("customer", SandboxState.id(customer));
        ObjectNode details = SandboxJson.child(session, "customer_details");
        details.set("email", customer.get("email"));
        details.set("name", customer.get("name"));
        return customer;
    }

    private ObjectNode requireExisting(String id) {
        ObjectNode customer = state.require("customer", id);
        if (customer.path("deleted").asBoolean()) {
            throw SandboxApiError.resourceMissing("customer", id, "customer");
        }
        return customer;
    }

    private void subscribe(ObjectNode session, ObjectNode customer, SandboxPaymentMethodBehavior behavior) {
        ObjectNode note = state.internalData(session);
        SandboxForm data = new SandboxForm(SandboxJson.child(note, "data"));
        Optional<Long> trialEnd = trialEnd(data, state);
        boolean noCard = trialEnd.isPresent()
                && session.path("payment_method_collection").asText().equals("if_required");
        Optional<String> method =
                noCard ? Optional.empty() : Optional.of(SandboxState.id(paymentMethods.attach(customer, behavior)));
        ObjectNode subscription =
                billing.create(new SandboxSubscriptionTerms(customer, items(note), trialEnd, method, data, false));
        session.put("subscription", SandboxState.id(subscription));
        session.set("invoice", subscription.get("latest_invoice"));
        paymentStatus(session, trialEnd.isPresent(), behavior);
    }

    /** Returns the end of the trial in epoch seconds, if there is one. Trial days are counted from the purchase. */
    public static Optional<Long> trialEnd(SandboxForm data, SandboxState state) {
        return data.number("trial_period_days")
                .map(days -> state.now().plus(Duration.ofDays(days)).getEpochSecond())
                .or(() -> data.number("trial_end"));
    }

    private static void paymentStatus(ObjectNode session, boolean nothingDue, SandboxPaymentMethodBehavior behavior) {
        boolean unpaid = behavior == SandboxPaymentMethodBehavior.DELAYED;
        session.put("payment_status", nothingDue ? "no_payment_required" : unpaid ? "unpaid" : "paid");
    }

    private List<SandboxRequestedItem> items(ObjectNode note) {
        return SandboxJson.stream(note.path("items"))
                .map(it -> new SandboxRequestedItem(
                        state.require("price", it.path("price").path("id").asText()),
                        it.path("quantity").asLong()))
                .toList();
    }

    private void payOnce(ObjectNode session, ObjectNode customer, SandboxPaymentMethodBehavior behavior) {
        ObjectNode intent = intent(session, customer);
        payments.confirm(intent, Optional.of(paymentMethods.attach(customer, behavior)));
        session.put("payment_intent", SandboxState.id(intent));
        paymentStatus(session, false, behavior);
    }

    private ObjectNode intent(ObjectNode session, ObjectNode customer) {
        return payments.createIntent(
                session.path("amount_total").asLong(),
                session.path("currency").asText(),
                SandboxState.id(customer),
                "Checkout");
    }

    /** Declines the card. The session stays open for another attempt. */
    public void decline(String id) {
        state.locked(() -> {
            ObjectNode session = requireOpen(id);
            state.internalData(session).put("declined", true);
            boolean due = session.path("amount_total").asLong() > 0;
            if (due && session.hasNonNull("customer")) {
                ObjectNode customer = customer(session);
                ObjectNode card = paymentMethods.attach(customer, SandboxPaymentMethodBehavior.DECLINES);
                payments.confirm(intent(session, customer), Optional.of(card));
            }
            return session;
        });
    }

    /** Returns the cancel URL. The session stays open until it expires. */
    public String abandon(String id) {
        return state.locked(
                () -> SandboxJson.text(requireOpen(id), "cancel_url").orElse("/"));
    }
}
