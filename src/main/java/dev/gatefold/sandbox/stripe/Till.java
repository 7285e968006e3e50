package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a buyer does at the Checkout. */
final class Till {
    private final World world;
    private final Events events;
    private final Customers customers;
    private final Cards cards;
    private final Payments payments;
    private final Starting starting;
    private final Deliveries deliveries;

    Till(
            World world,
            Events events,
            Customers customers,
            Cards cards,
            Payments payments,
            Starting starting,
            Deliveries deliveries) {
        this.world = world;
        this.events = events;
        this.customers = customers;
        this.cards = cards;
        this.payments = payments;
        this.starting = starting;
        this.deliveries = deliveries;
    }

    /** Pays, waits like Stripe until the service has answered, and says where to go on. */
    String pay(String id, Cards.Behaviour with) {
        ObjectNode completed = world.locked(() -> complete(open(id), with));
        deliveries.awaitAnswer(completed);
        return world.locked(() ->
                world.get("checkout.session", id).path("success_url").asText().replace("{CHECKOUT_SESSION_ID}", id));
    }

    ObjectNode open(String id) {
        ObjectNode session = world.get("checkout.session", id);
        if (!session.path("status").asText().equals("open")) {
            throw Refusal.of(400, "This Checkout is " + session.path("status").asText() + ".");
        }
        return session;
    }

    private ObjectNode complete(ObjectNode session, Cards.Behaviour with) {
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
        return events.tell("checkout.session.completed", session);
    }

    private ObjectNode customer(ObjectNode session) {
        ObjectNode customer = Json.text(session, "customer")
                .map(id -> living(id))
                .orElseGet(() -> {
                    ObjectNode fields = Json.object();
                    fields.put("email", session.path("customer_email").asText("somebody@example.com"));
                    return customers.create(new Form(fields));
                });
        session.put("customer", World.id(customer));
        ObjectNode details = Json.child(session, "customer_details");
        details.set("email", customer.get("email"));
        details.set("name", customer.get("name"));
        return customer;
    }

    private ObjectNode living(String id) {
        ObjectNode customer = world.get("customer", id);
        if (customer.path("deleted").asBoolean()) {
            throw Refusal.missing("customer", id, "customer");
        }
        return customer;
    }

    private void subscribe(ObjectNode session, ObjectNode customer, Cards.Behaviour with) {
        ObjectNode note = world.note(session);
        Form data = new Form(Json.child(note, "data"));
        Optional<Long> trialEnd = trialEnd(data, world);
        boolean noCard = trialEnd.isPresent()
                && session.path("payment_method_collection").asText().equals("if_required");
        Optional<String> method = noCard ? Optional.empty() : Optional.of(World.id(cards.attach(customer, with)));
        ObjectNode subscription =
                starting.start(new Starting.Terms(customer, items(note), trialEnd, method, data, false));
        session.put("subscription", World.id(subscription));
        session.set("invoice", subscription.get("latest_invoice"));
        paymentStatus(session, trialEnd.isPresent(), with);
    }

    /** Days are counted from when somebody buys. */
    static Optional<Long> trialEnd(Form data, World world) {
        return data.number("trial_period_days")
                .map(days -> world.now().plus(Duration.ofDays(days)).getEpochSecond())
                .or(() -> data.number("trial_end"));
    }

    private static void paymentStatus(ObjectNode session, boolean nothingDue, Cards.Behaviour with) {
        boolean unpaid = with == Cards.Behaviour.DELAYED;
        session.put("payment_status", nothingDue ? "no_payment_required" : unpaid ? "unpaid" : "paid");
    }

    private List<Starting.Item> items(ObjectNode note) {
        return Json.stream(note.path("items"))
                .map(it -> new Starting.Item(
                        world.get("price", it.path("price").path("id").asText()),
                        it.path("quantity").asLong()))
                .toList();
    }

    private void payOnce(ObjectNode session, ObjectNode customer, Cards.Behaviour with) {
        ObjectNode intent = intent(session, customer);
        payments.confirm(intent, Optional.of(cards.attach(customer, with)));
        session.put("payment_intent", World.id(intent));
        paymentStatus(session, false, with);
    }

    private ObjectNode intent(ObjectNode session, ObjectNode customer) {
        return payments.intent(
                session.path("amount_total").asLong(),
                session.path("currency").asText(),
                World.id(customer),
                "Checkout");
    }

    /** The card is refused; the buyer stays and may try another. */
    void decline(String id) {
        world.locked(() -> {
            ObjectNode session = open(id);
            world.note(session).put("declined", true);
            boolean due = session.path("amount_total").asLong() > 0;
            if (due && session.hasNonNull("customer")) {
                ObjectNode customer = customer(session);
                ObjectNode card = cards.attach(customer, Cards.Behaviour.DECLINES);
                payments.confirm(intent(session, customer), Optional.of(card));
            }
            return session;
        });
    }

    String walkAway(String id) {
        return world.locked(() -> Json.text(open(id), "cancel_url").orElse("/"));
    }
}
