package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** The billing portal: what customers may do by themselves. */
final class Portal {
    private final World world;
    private final Events events;
    private final Cards cards;
    private final Changes changes;
    private final Bills bills;
    private final String url;

    Portal(World world, Events events, Cards cards, Changes changes, Bills bills, String url) {
        this.world = world;
        this.events = events;
        this.cards = cards;
        this.changes = changes;
        this.bills = bills;
        this.url = url;
    }

    ObjectNode create(Call call) {
        String id = call.form().required("customer");
        ObjectNode customer = world.find("customer", id)
                .filter(it -> !it.path("deleted").asBoolean())
                .orElseThrow(() -> Refusal.missing("customer", id, "customer"));
        ObjectNode session = world.create("billing_portal.session");
        session.put("customer", World.id(customer));
        call.form().copy(session, "return_url", "locale");
        return session.put("url", url + "/portal/" + World.id(session));
    }

    ObjectNode customer(ObjectNode session) {
        return world.get("customer", session.path("customer").asText());
    }

    List<ObjectNode> subscriptions(ObjectNode session) {
        return theirs("subscription", session);
    }

    List<ObjectNode> invoices(ObjectNode session) {
        return theirs("invoice", session).reversed();
    }

    private List<ObjectNode> theirs(String kind, ObjectNode session) {
        return world.all(kind).stream()
                .filter(it -> it.path("customer").equals(session.get("customer")))
                .toList();
    }

    /** Does what a button says; the customer can touch only what is theirs. */
    void act(ObjectNode session, String action, String subject) {
        switch (action) {
            case "good-card" -> cards.replace(customer(session), Cards.Behaviour.GOOD);
            case "declining-card" -> cards.replace(customer(session), Cards.Behaviour.DECLINES);
            case "cancel" -> {
                ObjectNode subscription = own(subscriptions(session), subject);
                cancelAt(subscription, Starting.periodEnd(subscription));
            }
            case "undo" -> cancelAt(own(subscriptions(session), subject), 0);
            case "pay" -> bills.pay(own(invoices(session), subject), Optional.empty());
            default -> throw Refusal.of(404, "No such action: " + action);
        }
    }

    /** At the period's end, which the portal writes as an instant alone. */
    private void cancelAt(ObjectNode subscription, long at) {
        if (subscription.hasNonNull("ended_at")) {
            throw Refusal.of(400, "This subscription has ended.");
        }
        events.change("customer.subscription.updated", subscription, () -> changes.cancelAt(subscription, at));
    }

    private static ObjectNode own(List<ObjectNode> theirs, String id) {
        return theirs.stream()
                .filter(it -> World.id(it).equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.of(404, "That is not yours: " + id));
    }
}
