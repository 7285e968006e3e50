package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethods;
import dev.gatefold.sandbox.stripe.billing.SandboxPayments;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionBilling;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import dev.gatefold.sandbox.stripe.webhooks.SandboxWebhookDeliveries;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a buyer does at the Checkout. */
public final class SandboxCheckoutActions {
    private final SandboxState world;
    private final SandboxEvents events;
    private final SandboxCustomers customers;
    private final SandboxPaymentMethods cards;
    private final SandboxPayments payments;
    private final SandboxSubscriptionBilling starting;
    private final SandboxWebhookDeliveries deliveries;

    SandboxCheckoutActions(
            SandboxState world,
            SandboxEvents events,
            SandboxCustomers customers,
            SandboxPaymentMethods cards,
            SandboxPayments payments,
            SandboxSubscriptionBilling starting,
            SandboxWebhookDeliveries deliveries) {
        this.world = world;
        this.events = events;
        this.customers = customers;
        this.cards = cards;
        this.payments = payments;
        this.starting = starting;
        this.deliveries = deliveries;
    }

    /** Pays, waits like Stripe until the service has answered, and says where to go on. */
    public String pay(String id, SandboxPaymentMethods.PaymentMethodBehavior with) {
        ObjectNode completed = world.locked(() -> complete(requireOpen(id), with));
        deliveries.deliverAndAwaitResponse(completed);
        return world.locked(() -> world.require("checkout.session", id)
                .path("success_url")
                .asText()
                .replace("{CHECKOUT_SESSION_ID}", id));
    }

    ObjectNode requireOpen(String id) {
        ObjectNode session = world.require("checkout.session", id);
        if (!session.path("status").asText().equals("open")) {
            throw SandboxApiError.of(
                    400, "This Checkout is " + session.path("status").asText() + ".");
        }
        return session;
    }

    private ObjectNode complete(ObjectNode session, SandboxPaymentMethods.PaymentMethodBehavior with) {
        ObjectNode customer = customer(session);
        switch (session.path("mode").asText()) {
            case "subscription" -> subscribe(session, customer, with);
            case "payment" -> payOnce(session, customer, with);
            default -> {
                cards.attach(customer, with);
                session.put("payment_status", "no_payment_required");
            }
        }
        session.put("status", "complete").putNull("url");
        return events.emit("checkout.session.completed", session);
    }

    private ObjectNode customer(ObjectNode session) {
        ObjectNode customer = SandboxJson.text(session, "customer")
                .map(id -> living(id))
                .orElseGet(() -> {
                    ObjectNode fields = SandboxJson.object();
                    fields.put("email", session.path("customer_email").asText("somebody@example.com"));
                    return customers.create(new SandboxForm(fields));
                });
        session.put("customer", SandboxState.id(customer));
        ObjectNode details = SandboxJson.child(session, "customer_details");
        details.set("email", customer.get("email"));
        details.set("name", customer.get("name"));
        return customer;
    }

    private ObjectNode living(String id) {
        ObjectNode customer = world.require("customer", id);
        if (customer.path("deleted").asBoolean()) {
            throw SandboxApiError.resourceMissing("customer", id, "customer");
        }
        return customer;
    }

    private void subscribe(ObjectNode session, ObjectNode customer, SandboxPaymentMethods.PaymentMethodBehavior with) {
        ObjectNode note = world.internalData(session);
        SandboxForm data = new SandboxForm(SandboxJson.child(note, "data"));
        Optional<Long> trialEnd = trialEnd(data, world);
        boolean noCard = trialEnd.isPresent()
                && session.path("payment_method_collection").asText().equals("if_required");
        Optional<String> method =
                noCard ? Optional.empty() : Optional.of(SandboxState.id(cards.attach(customer, with)));
        ObjectNode subscription = starting.create(
                new SandboxSubscriptionBilling.SubscriptionTerms(customer, items(note), trialEnd, method, data, false));
        session.put("subscription", SandboxState.id(subscription));
        session.set("invoice", subscription.get("latest_invoice"));
        paymentStatus(session, trialEnd.isPresent(), with);
    }

    /** Days are counted from when somebody buys. */
    public static Optional<Long> trialEnd(SandboxForm data, SandboxState world) {
        return data.number("trial_period_days")
                .map(days -> world.now().plus(Duration.ofDays(days)).getEpochSecond())
                .or(() -> data.number("trial_end"));
    }

    private static void paymentStatus(
            ObjectNode session, boolean nothingDue, SandboxPaymentMethods.PaymentMethodBehavior with) {
        boolean unpaid = with == SandboxPaymentMethods.PaymentMethodBehavior.DELAYED;
        session.put("payment_status", nothingDue ? "no_payment_required" : unpaid ? "unpaid" : "paid");
    }

    private List<SandboxSubscriptionBilling.RequestedItem> items(ObjectNode note) {
        return SandboxJson.stream(note.path("items"))
                .map(it -> new SandboxSubscriptionBilling.RequestedItem(
                        world.require("price", it.path("price").path("id").asText()),
                        it.path("quantity").asLong()))
                .toList();
    }

    private void payOnce(ObjectNode session, ObjectNode customer, SandboxPaymentMethods.PaymentMethodBehavior with) {
        ObjectNode intent = intent(session, customer);
        payments.confirm(intent, Optional.of(cards.attach(customer, with)));
        session.put("payment_intent", SandboxState.id(intent));
        paymentStatus(session, false, with);
    }

    private ObjectNode intent(ObjectNode session, ObjectNode customer) {
        return payments.createIntent(
                session.path("amount_total").asLong(),
                session.path("currency").asText(),
                SandboxState.id(customer),
                "Checkout");
    }

    /** The card is refused; the buyer stays and may try another. */
    public void decline(String id) {
        world.locked(() -> {
            ObjectNode session = requireOpen(id);
            world.internalData(session).put("declined", true);
            boolean due = session.path("amount_total").asLong() > 0;
            if (due && session.hasNonNull("customer")) {
                ObjectNode customer = customer(session);
                ObjectNode card = cards.attach(customer, SandboxPaymentMethods.PaymentMethodBehavior.DECLINES);
                payments.confirm(intent(session, customer), Optional.of(card));
            }
            return session;
        });
    }

    public String abandon(String id) {
        return world.locked(
                () -> SandboxJson.text(requireOpen(id), "cancel_url").orElse("/"));
    }
}
