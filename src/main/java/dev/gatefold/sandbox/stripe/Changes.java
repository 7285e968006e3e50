package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What may be changed of a subscription that lives. */
final class Changes {
    private static final String UPDATED = "customer.subscription.updated";

    private final World world;
    private final Events events;
    private final Cards cards;
    private final Starting starting;

    Changes(World world, Events events, Cards cards, Starting starting) {
        this.world = world;
        this.events = events;
        this.cards = cards;
        this.starting = starting;
    }

    ObjectNode make(ObjectNode subscription, Form form) {
        if (subscription.hasNonNull("ended_at")
                && (form.has("items")
                        || form.has("cancel_at")
                        || form.has("cancel_at_period_end")
                        || form.has("trial_end"))) {
            throw Refusal.of(400, "A canceled subscription can only update its cancellation_details and metadata.");
        }
        events.change(UPDATED, subscription, () -> {
            form.copyMetadata(subscription);
            form.copy(subscription, "description");
            method(subscription, form);
            pause(subscription, form);
        });
        cancellation(subscription, form);
        trial(subscription, form);
        prices(subscription, form);
        return subscription;
    }

    private void method(ObjectNode subscription, Form form) {
        form.text("default_payment_method").ifPresent(id -> {
            ObjectNode customer =
                    world.get("customer", subscription.path("customer").asText());
            subscription.put("default_payment_method", cards.named(customer, id));
        });
    }

    /** Of the collecting only; the status stays what it is. */
    private static void pause(ObjectNode subscription, Form form) {
        if (!form.has("pause_collection")) {
            return;
        }
        Form pause = form.child("pause_collection");
        if (pause.fields().isEmpty()) {
            subscription.putNull("pause_collection");
            return;
        }
        ObjectNode wanted = Json.child(subscription, "pause_collection");
        wanted.put("behavior", pause.required("behavior"));
        pause.number("resumes_at")
                .ifPresentOrElse(it -> wanted.put("resumes_at", it), () -> wanted.putNull("resumes_at"));
    }

    void cancellation(ObjectNode subscription, Form form) {
        events.change(UPDATED, subscription, () -> {
            form.flag("cancel_at_period_end").ifPresent(atEnd -> {
                subscription.put("cancel_at_period_end", atEnd);
                cancelAt(subscription, atEnd ? Starting.periodEnd(subscription) : 0);
            });
            if (form.has("cancel_at")) {
                subscription.put("cancel_at_period_end", false);
                cancelAt(subscription, at(subscription, form));
            }
            form.child("cancellation_details")
                    .copy(Json.child(subscription, "cancellation_details"), "comment", "feedback");
        });
    }

    private static long at(ObjectNode subscription, Form form) {
        String at = form.text("cancel_at").orElse("0");
        return switch (at) {
            case "min_period_end", "max_period_end" -> Starting.periodEnd(subscription);
            default -> form.number("cancel_at").orElse(0L);
        };
    }

    /** At the end of the period, as the portal does it: by the instant alone. */
    void cancelAt(ObjectNode subscription, long at) {
        ObjectNode details = Json.child(subscription, "cancellation_details");
        if (at == 0) {
            subscription.putNull("cancel_at").putNull("canceled_at").put("cancel_at_period_end", false);
            details.putNull("reason");
        } else {
            subscription.put("cancel_at", at).put("canceled_at", world.seconds());
            details.put("reason", "cancellation_requested");
        }
    }

    private void trial(ObjectNode subscription, Form form) {
        if (!form.has("trial_end")) {
            return;
        }
        boolean now = form.required("trial_end").equals("now");
        if (now && !subscription.path("status").asText().equals("trialing")) {
            return;
        }
        long end = now ? world.seconds() : form.number("trial_end").orElseThrow();
        if (end < world.seconds()) {
            throw Refusal.bad("trial_end", "Invalid timestamp: must be an integer Unix timestamp in the future.");
        }
        events.change(UPDATED, subscription, () -> {
            if (now) {
                subscription.put("trial_end", end).put("status", "active");
                starting.beginPeriods(subscription);
            } else {
                subscription.put("status", "trialing");
                if (!subscription.hasNonNull("trial_start")) {
                    subscription.put("trial_start", world.seconds());
                }
                starting.trialUntil(subscription, end);
                world.note(subscription).remove("warned");
            }
        });
        starting.collect(starting.draft(subscription, "subscription_update"), false);
    }

    private void prices(ObjectNode subscription, Form form) {
        for (Form wanted : form.children("items")) {
            if (wanted.has("price") || wanted.has("quantity")) {
                price(subscription, item(subscription, wanted), wanted, form);
            }
        }
    }

    private static ObjectNode item(ObjectNode subscription, Form wanted) {
        List<ObjectNode> items = Starting.items(subscription);
        return wanted.text("id")
                .map(id -> items.stream()
                        .filter(it -> World.id(it).equals(id))
                        .findFirst()
                        .orElseThrow(() -> Refusal.missing("subscription item", id, "items")))
                .orElse(items.getFirst());
    }

    private void price(ObjectNode subscription, ObjectNode item, Form wanted, Form form) {
        ObjectNode price = wanted.text("price")
                .map(id -> world.find("price", id).orElseThrow(() -> Refusal.missing("price", id, "items[0][price]")))
                .orElse((ObjectNode) item.get("price"));
        boolean trial = subscription.path("status").asText().equals("trialing");
        boolean anotherInterval =
                !price.path("recurring").equals(item.path("price").path("recurring"));
        String proration = form.text("proration_behavior").orElse("create_prorations");
        if (!trial && !proration.equals("none")) {
            prorate(subscription, item, price, anotherInterval);
        }
        events.change(UPDATED, subscription, () -> {
            item.set("price", price.deepCopy());
            wanted.number("quantity").ifPresent(it -> item.put("quantity", it));
            if (anotherInterval && !trial) {
                starting.beginPeriods(subscription);
            }
        });
        if (!trial && (anotherInterval || proration.equals("always_invoice"))) {
            starting.collect(
                    anotherInterval
                            ? starting.draft(subscription, "subscription_update")
                            : starting.remainder(subscription),
                    false);
        }
    }

    /** Gives back what is not used of the old price, and asks for the rest of the period at the new one. */
    private void prorate(ObjectNode subscription, ObjectNode item, ObjectNode price, boolean anotherInterval) {
        long from = item.path("current_period_start").asLong();
        long until = item.path("current_period_end").asLong();
        double left = Math.clamp((until - world.seconds()) / (double) Math.max(1, until - from), 0, 1);
        proration(subscription, item.path("price").path("unit_amount").asLong() * -left, "Unused time", until);
        if (!anotherInterval) {
            proration(subscription, price.path("unit_amount").asLong() * left, "Remaining time", until);
        }
    }

    private void proration(ObjectNode subscription, double amount, String description, long until) {
        world.note(subscription)
                .withArray("/prorations")
                .addObject()
                .put("amount", rounded(amount))
                .put("description", description)
                .put("from", world.seconds())
                .put("until", until);
    }

    /** Halves away from nothing, so that a credit and a charge of one price make up for each other. */
    private static long rounded(double amount) {
        return amount < 0 ? -Math.round(-amount) : Math.round(amount);
    }
}
