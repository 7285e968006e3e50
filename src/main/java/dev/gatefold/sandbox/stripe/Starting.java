package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a subscription begins, and its next period each time. */
final class Starting {
    record Item(ObjectNode price, long quantity) {}

    /** {@code later}: the first payment is not tried at once. */
    record Terms(
            ObjectNode customer,
            List<Item> items,
            Optional<Long> trialEnd,
            Optional<String> method,
            Form form,
            boolean later) {}

    private final World world;
    private final Events events;
    private final Invoices invoices;
    private final Collecting collecting;

    Starting(World world, Events events, Invoices invoices, Collecting collecting) {
        this.world = world;
        this.events = events;
        this.invoices = invoices;
        this.collecting = collecting;
    }

    ObjectNode start(Terms terms) {
        ObjectNode subscription = world.create("subscription");
        subscription.put("customer", World.id(terms.customer)).put("start_date", world.seconds());
        subscription.put("status", terms.trialEnd.isPresent() ? "trialing" : "incomplete");
        terms.method.ifPresent(it -> subscription.put("default_payment_method", it));
        terms.form.copyMetadata(subscription);
        terms.form.copy(subscription, "description");
        terms.form
                .child("trial_settings")
                .child("end_behavior")
                .text("missing_payment_method")
                .ifPresent(it -> Json.child(Json.child(subscription, "trial_settings"), "end_behavior")
                        .put("missing_payment_method", it));
        for (Item item : terms.items) {
            add(subscription, item);
        }
        long until = terms.trialEnd.orElse(0L);
        if (terms.trialEnd.isPresent()) {
            subscription.put("trial_start", world.seconds());
            trialUntil(subscription, until);
        } else {
            beginPeriods(subscription);
        }
        ObjectNode invoice = draft(subscription, "subscription_create");
        events.tell("customer.subscription.created", subscription);
        collect(invoice, terms.later);
        return subscription;
    }

    ObjectNode add(ObjectNode subscription, Item wanted) {
        ObjectNode item = world.fresh("subscription_item");
        item.put("subscription", World.id(subscription)).put("quantity", wanted.quantity);
        item.set("price", wanted.price.deepCopy());
        subscription.set("currency", wanted.price.get("currency"));
        ObjectNode items = Json.child(subscription, "items");
        items.withArray("/data").add(item);
        items.put("total_count", items.path("data").size());
        items.put("url", "/v1/subscription_items?subscription=" + World.id(subscription));
        return item;
    }

    void trialUntil(ObjectNode subscription, long end) {
        subscription.put("trial_end", end).put("billing_cycle_anchor", end);
        world.note(subscription).put("warnFrom", world.seconds()).remove("warned");
        for (ObjectNode item : items(subscription)) {
            item.put("current_period_start", world.seconds()).put("current_period_end", end);
        }
    }

    /** The first period begins now, and all later ones are counted from here. */
    void beginPeriods(ObjectNode subscription) {
        subscription.put("billing_cycle_anchor", world.seconds());
        nextPeriod(subscription, world.seconds());
    }

    void nextPeriod(ObjectNode subscription, long start) {
        long anchor = subscription.path("billing_cycle_anchor").asLong();
        for (ObjectNode item : items(subscription)) {
            JsonNode recurring = item.path("price").path("recurring");
            item.put("current_period_start", start).put("current_period_end", Periods.end(anchor, start, recurring));
        }
    }

    /** An invoice for the items' current period; of nothing in a trial. */
    ObjectNode draft(ObjectNode subscription, String reason) {
        return draft(subscription, reason, world.seconds(), world.seconds());
    }

    /** One that is written at the end of another period, which it names; its lines are for the one that begins. */
    ObjectNode draft(ObjectNode subscription, String reason, long from, long until) {
        boolean trial = subscription.path("status").asText().equals("trialing");
        List<Invoices.Line> lines = new ArrayList<>(due(subscription));
        for (ObjectNode item : items(subscription)) {
            long amount = item.path("price").path("unit_amount").asLong()
                    * item.path("quantity").asLong();
            String name = product(item);
            lines.add(new Invoices.Line(
                    trial ? 0 : amount,
                    trial ? "Trial period for " + name : item.path("quantity").asText() + " × " + name,
                    item,
                    item.path("current_period_start").asLong(),
                    item.path("current_period_end").asLong()));
        }
        return invoices.draft(subscription, reason, lines, from, until);
    }

    /** An invoice for what a change of price left, and no more. */
    ObjectNode remainder(ObjectNode subscription) {
        return invoices.draft(subscription, "subscription_update", due(subscription), world.seconds(), world.seconds());
    }

    /** Credits and charges of a change of price that wait for the next invoice. */
    private List<Invoices.Line> due(ObjectNode subscription) {
        JsonNode pending = world.note(subscription).remove("prorations");
        if (pending == null) {
            return List.of();
        }
        ObjectNode item = items(subscription).getFirst();
        return Json.stream(pending)
                .map(it -> new Invoices.Line(
                        it.path("amount").asLong(),
                        it.path("description").asText(),
                        item,
                        it.path("from").asLong(),
                        it.path("until").asLong()))
                .toList();
    }

    String product(ObjectNode item) {
        return world.find(item.path("price").path("product").asText())
                .flatMap(it -> Json.text(it, "name"))
                .orElse("Subscription");
    }

    /** Told of, finalised at once, and charged unless that is for later. */
    Optional<Payments.Outcome> collect(ObjectNode invoice, boolean later) {
        events.tell("invoice.created", invoice);
        invoices.finalise(invoice);
        if (later || invoice.path("status").asText().equals("paid")) {
            return Optional.empty();
        }
        return Optional.of(collecting.attempt(invoice));
    }

    static List<ObjectNode> items(ObjectNode subscription) {
        return Json.stream(subscription.path("items").path("data"))
                .map(ObjectNode.class::cast)
                .toList();
    }

    static long periodStart(ObjectNode subscription) {
        return items(subscription).getFirst().path("current_period_start").asLong();
    }

    static long periodEnd(ObjectNode subscription) {
        return items(subscription).getFirst().path("current_period_end").asLong();
    }
}
