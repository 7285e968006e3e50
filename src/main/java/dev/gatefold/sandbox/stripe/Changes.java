package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.AtomicReference;

/** What may be changed of a subscription that lives. */
final class Changes {
    private static final String UPDATED = "customer.subscription.updated";

    private final World world;
    private final Events events;
    private final Cards cards;
    private final Starting starting;
    private final Switching switching;

    Changes(World world, Events events, Cards cards, Starting starting) {
        this.world = world;
        this.events = events;
        this.cards = cards;
        this.starting = starting;
        this.switching = new Switching(world, starting);
    }

    ObjectNode make(ObjectNode subscription, Form form) {
        if (subscription.hasNonNull("ended_at")
                && (form.has("items")
                        || form.has("cancel_at")
                        || form.has("cancel_at_period_end")
                        || form.has("trial_end"))) {
            throw Refusal.of(400, "A canceled subscription can only update its cancellation_details and metadata.");
        }
        AtomicReference<Switching.Bill> bill = new AtomicReference<>(Switching.Bill.NOTHING);
        events.change(UPDATED, subscription, () -> {
            form.copyMetadata(subscription);
            form.copy(subscription, "description");
            method(subscription, form);
            pause(subscription, form);
            cancellation(subscription, form);
            boolean another = trial(subscription, form);
            Switching.Bill switched = switching.make(subscription, form);
            bill.set(another ? Switching.Bill.PERIOD : switched);
        });
        switch (bill.get()) {
            case NOTHING -> {}
            case REST -> starting.collect(starting.remainder(subscription), false);
            case PERIOD -> starting.collect(starting.draft(subscription, "subscription_update"), false);
        }
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

    private void cancellation(ObjectNode subscription, Form form) {
        form.flag("cancel_at_period_end").ifPresent(atEnd -> {
            cancelAt(subscription, atEnd ? Starting.periodEnd(subscription) : 0);
            subscription.put("cancel_at_period_end", atEnd);
        });
        if (form.has("cancel_at")) {
            cancelAt(subscription, at(subscription, form));
        }
        form.child("cancellation_details")
                .copy(Json.child(subscription, "cancellation_details"), "comment", "feedback");
    }

    private long at(ObjectNode subscription, Form form) {
        String at = form.text("cancel_at").orElse("");
        if (at.equals("min_period_end") || at.equals("max_period_end")) {
            return Starting.periodEnd(subscription);
        }
        long instant = form.number("cancel_at").orElse(0L);
        if (instant != 0 && instant < world.seconds()) {
            throw Refusal.bad("cancel_at", "Invalid timestamp: must be an integer Unix timestamp in the future.");
        }
        return instant;
    }

    /** At an instant alone, as the portal writes it too; never, if it is nothing. */
    void cancelAt(ObjectNode subscription, long at) {
        ObjectNode details = Json.child(subscription, "cancellation_details");
        subscription.put("cancel_at_period_end", false);
        if (at == 0) {
            subscription.putNull("cancel_at").putNull("canceled_at");
            details.putNull("reason");
        } else {
            subscription.put("cancel_at", at).put("canceled_at", world.seconds());
            details.put("reason", "cancellation_requested");
        }
    }

    /** Whether there is something to invoice, be it nothing. */
    private boolean trial(ObjectNode subscription, Form form) {
        if (!form.has("trial_end")) {
            return false;
        }
        boolean now = form.required("trial_end").equals("now");
        if (now && !subscription.path("status").asText().equals("trialing")) {
            return false;
        }
        long end = now ? world.seconds() : form.number("trial_end").orElseThrow();
        if (end < world.seconds()) {
            throw Refusal.bad("trial_end", "Invalid timestamp: must be an integer Unix timestamp in the future.");
        }
        if (now) {
            subscription.put("trial_end", end).put("status", "active");
            starting.beginPeriods(subscription);
            return true;
        }
        subscription.put("status", "trialing");
        if (!subscription.hasNonNull("trial_start")) {
            subscription.put("trial_start", world.seconds());
        }
        starting.trialUntil(subscription, end);
        return true;
    }
}
