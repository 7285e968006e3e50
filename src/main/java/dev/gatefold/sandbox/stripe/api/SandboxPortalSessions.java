package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.billing.SandboxInvoicePayer;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethodBehavior;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethods;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionBilling;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionUpdates;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.util.List;
import java.util.Optional;

/** The API of portal sessions, and the actions of customers in the portal. */
public final class SandboxPortalSessions {
    private final SandboxState state;
    private final SandboxEvents events;
    private final SandboxPaymentMethods paymentMethods;
    private final SandboxSubscriptionUpdates updates;
    private final SandboxInvoicePayer invoicePayer;
    private final String url;

    SandboxPortalSessions(
            SandboxState state,
            SandboxEvents events,
            SandboxPaymentMethods paymentMethods,
            SandboxSubscriptionUpdates updates,
            SandboxInvoicePayer invoicePayer,
            String url) {
        this.state = state;
        this.events = events;
        this.paymentMethods = paymentMethods;
        this.updates = updates;
        this.invoicePayer = invoicePayer;
        this.url = url;
    }

    ObjectNode create(SandboxApiRequest request) {
        String id = request.form().required("customer");
        ObjectNode customer = state.find("customer", id)
                .filter(it -> !it.path("deleted").asBoolean())
                .orElseThrow(() -> SandboxApiError.resourceMissing("customer", id, "customer"));
        ObjectNode session = state.create("billing_portal.session");
        session.put("customer", SandboxState.id(customer));
        request.form().copy(session, "return_url", "locale");
        return session.put("url", url + "/portal/" + SandboxState.id(session));
    }

    public ObjectNode customer(ObjectNode session) {
        return state.require("customer", session.path("customer").asText());
    }

    public List<ObjectNode> subscriptions(ObjectNode session) {
        return belongingToCustomer("subscription", session);
    }

    public List<ObjectNode> invoices(ObjectNode session) {
        return belongingToCustomer("invoice", session).reversed();
    }

    private List<ObjectNode> belongingToCustomer(String kind, ObjectNode session) {
        return state.all(kind).stream()
                .filter(it -> it.path("customer").equals(session.get("customer")))
                .toList();
    }

    /**
     * Performs the action of a button.
     *
     * @param subject id of the subscription or invoice, which must belong to the customer of the session
     * @throws SandboxApiError with status 404 for another customer's object or an unknown action
     */
    public void perform(ObjectNode session, String action, String subject) {
        switch (action) {
            case "good-card" -> paymentMethods.replaceDefault(customer(session), SandboxPaymentMethodBehavior.GOOD);
            case "declining-card" ->
                paymentMethods.replaceDefault(customer(session), SandboxPaymentMethodBehavior.DECLINES);
            case "cancel" -> {
                ObjectNode subscription = requireOwned(subscriptions(session), subject);
                cancelAt(subscription, SandboxSubscriptionBilling.periodEnd(subscription));
            }
            case "undo" -> cancelAt(requireOwned(subscriptions(session), subject), 0);
            case "pay" -> invoicePayer.pay(requireOwned(invoices(session), subject), Optional.empty());
            default -> throw SandboxApiError.of(404, "No such action: " + action);
        }
    }

    /** Sets {@code cancel_at} without {@code cancel_at_period_end}, as Stripe's portal does. */
    private void cancelAt(ObjectNode subscription, long at) {
        if (subscription.hasNonNull("ended_at")) {
            throw SandboxApiError.of(400, "This subscription has ended.");
        }
        events.updateAndEmit(
                "customer.subscription.updated", subscription, () -> updates.setCancelAt(subscription, at));
    }

    private static ObjectNode requireOwned(List<ObjectNode> objects, String id) {
        return objects.stream()
                .filter(it -> SandboxState.id(it).equals(id))
                .findFirst()
                .orElseThrow(() -> SandboxApiError.of(404, "This customer has no such object: " + id));
    }
}
