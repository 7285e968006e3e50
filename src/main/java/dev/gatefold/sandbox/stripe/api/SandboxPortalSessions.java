package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.billing.SandboxInvoicePayer;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethods;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionBilling;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionUpdates;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.util.List;
import java.util.Optional;

/** The billing portal: what customers may do by themselves. */
public final class SandboxPortalSessions {
    private final SandboxState world;
    private final SandboxEvents events;
    private final SandboxPaymentMethods cards;
    private final SandboxSubscriptionUpdates changes;
    private final SandboxInvoicePayer bills;
    private final String url;

    SandboxPortalSessions(
            SandboxState world,
            SandboxEvents events,
            SandboxPaymentMethods cards,
            SandboxSubscriptionUpdates changes,
            SandboxInvoicePayer bills,
            String url) {
        this.world = world;
        this.events = events;
        this.cards = cards;
        this.changes = changes;
        this.bills = bills;
        this.url = url;
    }

    ObjectNode create(SandboxApiRequest call) {
        String id = call.form().required("customer");
        ObjectNode customer = world.find("customer", id)
                .filter(it -> !it.path("deleted").asBoolean())
                .orElseThrow(() -> SandboxApiError.resourceMissing("customer", id, "customer"));
        ObjectNode session = world.create("billing_portal.session");
        session.put("customer", SandboxState.id(customer));
        call.form().copy(session, "return_url", "locale");
        return session.put("url", url + "/portal/" + SandboxState.id(session));
    }

    public ObjectNode customer(ObjectNode session) {
        return world.require("customer", session.path("customer").asText());
    }

    public List<ObjectNode> subscriptions(ObjectNode session) {
        return theirs("subscription", session);
    }

    public List<ObjectNode> invoices(ObjectNode session) {
        return theirs("invoice", session).reversed();
    }

    private List<ObjectNode> theirs(String kind, ObjectNode session) {
        return world.all(kind).stream()
                .filter(it -> it.path("customer").equals(session.get("customer")))
                .toList();
    }

    /** Does what a button says; the customer can touch only what is theirs. */
    public void perform(ObjectNode session, String action, String subject) {
        switch (action) {
            case "good-card" ->
                cards.replaceDefault(customer(session), SandboxPaymentMethods.PaymentMethodBehavior.GOOD);
            case "declining-card" ->
                cards.replaceDefault(customer(session), SandboxPaymentMethods.PaymentMethodBehavior.DECLINES);
            case "cancel" -> {
                ObjectNode subscription = own(subscriptions(session), subject);
                cancelAt(subscription, SandboxSubscriptionBilling.periodEnd(subscription));
            }
            case "undo" -> cancelAt(own(subscriptions(session), subject), 0);
            case "pay" -> bills.pay(own(invoices(session), subject), Optional.empty());
            default -> throw SandboxApiError.of(404, "No such action: " + action);
        }
    }

    /** At the period's end, which the portal writes as an instant alone. */
    private void cancelAt(ObjectNode subscription, long at) {
        if (subscription.hasNonNull("ended_at")) {
            throw SandboxApiError.of(400, "This subscription has ended.");
        }
        events.updateAndEmit(
                "customer.subscription.updated", subscription, () -> changes.setCancelAt(subscription, at));
    }

    private static ObjectNode own(List<ObjectNode> theirs, String id) {
        return theirs.stream()
                .filter(it -> SandboxState.id(it).equals(id))
                .findFirst()
                .orElseThrow(() -> SandboxApiError.of(404, "That is not yours: " + id));
    }
}
