package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Subscriptions as the API asks for them. */
final class Subscriptions {
    private static final long DAY = 24 * 60 * 60;

    private final World world;
    private final Cards cards;
    private final Starting starting;
    private final Changes changes;
    private final Endings endings;

    Subscriptions(World world, Cards cards, Starting starting, Changes changes, Endings endings) {
        this.world = world;
        this.cards = cards;
        this.starting = starting;
        this.changes = changes;
        this.endings = endings;
    }

    ObjectNode list(Call call) {
        Form form = call.form();
        Optional<String> price = form.text("price");
        return Lists.page(
                call,
                world.all("subscription"),
                Lists.where(form, "customer", "collection_method")
                        .and(status(form.text("status").orElse("")))
                        .and(it -> price.isEmpty()
                                || Starting.items(it).stream()
                                        .anyMatch(item -> item.path("price")
                                                .path("id")
                                                .asText()
                                                .equals(price.get()))));
    }

    private static Predicate<ObjectNode> status(String wanted) {
        return subscription -> {
            String status = subscription.path("status").asText();
            boolean ended = subscription.hasNonNull("ended_at");
            return switch (wanted) {
                case "all" -> true;
                case "" -> !ended;
                case "ended" -> ended;
                default -> status.equals(wanted);
            };
        };
    }

    ObjectNode create(Call call) {
        Form form = call.form();
        ObjectNode customer = customer(form.required("customer"));
        List<Starting.Item> items = form.children("items").stream()
                .map(it -> new Starting.Item(
                        price(it.required("price")), it.number("quantity").orElse(1L)))
                .toList();
        if (items.isEmpty()) {
            throw Refusal.required("items");
        }
        Optional<String> method = form.text("default_payment_method").map(it -> cards.named(customer, it));
        Optional<Long> trialEnd = trialEnd(form, 0);
        String behaviour = form.text("payment_behavior").orElse("allow_incomplete");
        boolean later = behaviour.equals("default_incomplete");
        if (trialEnd.isEmpty() && !later) {
            mustBeAbleToPay(customer, method, behaviour);
        }
        ObjectNode subscription = starting.start(new Starting.Terms(customer, items, trialEnd, method, form, later));
        changes.make(subscription, form.only("cancel_at", "cancel_at_period_end"));
        return subscription;
    }

    private void mustBeAbleToPay(ObjectNode customer, Optional<String> method, String behaviour) {
        ObjectNode probe = Json.object().put("customer", World.id(customer));
        method.ifPresent(it -> probe.put("default_payment_method", it));
        ObjectNode card = cards.of(probe)
                .orElseThrow(
                        () -> Refusal.of(400, "This customer has no attached payment source or default payment method.")
                                .with("code", "resource_missing"));
        if (behaviour.equals("error_if_incomplete") && cards.behaviour(card) == Cards.Behaviour.DECLINES) {
            throw Refusal.declined();
        }
    }

    ObjectNode customer(String id) {
        return world.find("customer", id)
                .filter(it -> !it.path("deleted").asBoolean())
                .orElseThrow(() -> Refusal.missing("customer", id, "customer"));
    }

    ObjectNode price(String id) {
        ObjectNode price = world.find("price", id).orElseThrow(() -> Refusal.missing("price", id, "price"));
        if (!price.path("active").asBoolean()) {
            throw Refusal.bad("price", "The price specified is inactive. This field only accepts active prices.");
        }
        return price;
    }

    /** Until when a new subscription is free, if so; Checkout wants two days at least. */
    Optional<Long> trialEnd(Form form, long leastDays) {
        if (form.text("trial_end").filter("now"::equals).isPresent()) {
            return Optional.empty();
        }
        Optional<Long> end = form.number("trial_end");
        Optional<Long> days = form.number("trial_period_days");
        if (end.isPresent() && days.isPresent()) {
            throw Refusal.bad("trial_end", "You cannot set both `trial_end` and `trial_period_days`.");
        }
        if (end.isPresent() && end.get() <= world.seconds()) {
            throw Refusal.bad("trial_end", "Invalid timestamp: must be an integer Unix timestamp in the future.");
        }
        if (end.isPresent() && end.get() < world.seconds() + leastDays * DAY) {
            throw Refusal.bad(
                    "subscription_data[trial_end]", "The `trial_end` date has to be at least 2 days in the future.");
        }
        return end.or(() -> days.filter(it -> it > 0).map(it -> world.seconds() + it * DAY));
    }

    ObjectNode update(Call call) {
        return changes.make(world.get("subscription", call.id()), call.form());
    }

    ObjectNode cancel(Call call) {
        ObjectNode subscription = world.get("subscription", call.id());
        if (subscription.hasNonNull("ended_at")) {
            throw Refusal.missing("subscription", call.id(), "id");
        }
        call.form()
                .child("cancellation_details")
                .copy(Json.child(subscription, "cancellation_details"), "comment", "feedback");
        endings.cancel(subscription, "cancellation_requested");
        return subscription;
    }

    /** Of a trial that ended without a card: the first period begins, and has to be paid. */
    ObjectNode resume(Call call) {
        ObjectNode subscription = world.get("subscription", call.id());
        if (!subscription.path("status").asText().equals("paused")) {
            throw Refusal.of(400, "You can only resume a subscription that is paused.");
        }
        if (call.form().text("billing_cycle_anchor").filter("unchanged"::equals).isPresent()) {
            starting.nextPeriod(subscription, world.seconds());
        } else {
            starting.beginPeriods(subscription);
        }
        starting.collect(starting.draft(subscription, "subscription_update"), false);
        return subscription;
    }

    ObjectNode items(Call call) {
        ObjectNode subscription = world.find("subscription", call.form().required("subscription"))
                .orElseThrow(
                        () -> Refusal.missing("subscription", call.form().required("subscription"), "subscription"));
        List<ObjectNode> oldestFirst = Starting.items(subscription);
        return Lists.page(call, oldestFirst.reversed(), any -> true);
    }
}
