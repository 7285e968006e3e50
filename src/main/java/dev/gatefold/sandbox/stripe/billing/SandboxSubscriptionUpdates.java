package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.util.concurrent.atomic.AtomicReference;

/** What may be changed of a subscription that lives. */
public final class SandboxSubscriptionUpdates {
    private static final String UPDATED = "customer.subscription.updated";

    private final SandboxState world;
    private final SandboxEvents events;
    private final SandboxPaymentMethods cards;
    private final SandboxSubscriptionBilling starting;
    private final SandboxSubscriptionItems switching;

    public SandboxSubscriptionUpdates(
            SandboxState world,
            SandboxEvents events,
            SandboxPaymentMethods cards,
            SandboxSubscriptionBilling starting) {
        this.world = world;
        this.events = events;
        this.cards = cards;
        this.starting = starting;
        this.switching = new SandboxSubscriptionItems(world, starting);
    }

    public ObjectNode apply(ObjectNode subscription, SandboxForm form) {
        if (subscription.hasNonNull("ended_at")
                && (form.has("items")
                        || form.has("cancel_at")
                        || form.has("cancel_at_period_end")
                        || form.has("trial_end"))) {
            throw SandboxApiError.of(
                    400, "A canceled subscription can only update its cancellation_details and metadata.");
        }
        AtomicReference<SandboxSubscriptionItems.ImmediateInvoice> bill =
                new AtomicReference<>(SandboxSubscriptionItems.ImmediateInvoice.NONE);
        events.updateAndEmit(UPDATED, subscription, () -> {
            form.copyMetadata(subscription);
            form.copy(subscription, "description");
            method(subscription, form);
            pause(subscription, form);
            cancellation(subscription, form);
            boolean another = trial(subscription, form);
            SandboxSubscriptionItems.ImmediateInvoice switched = switching.apply(subscription, form);
            bill.set(another ? SandboxSubscriptionItems.ImmediateInvoice.NEW_PERIOD : switched);
        });
        switch (bill.get()) {
            case NONE -> {}
            case PRORATIONS -> starting.finalizeAndCollect(starting.draftProrations(subscription), false);
            case NEW_PERIOD -> starting.finalizeAndCollect(starting.draft(subscription, "subscription_update"), false);
        }
        return subscription;
    }

    private void method(ObjectNode subscription, SandboxForm form) {
        form.text("default_payment_method").ifPresent(id -> {
            ObjectNode customer =
                    world.require("customer", subscription.path("customer").asText());
            subscription.put("default_payment_method", cards.resolve(customer, id));
        });
    }

    /** Of the collecting only; the status stays what it is. */
    private static void pause(ObjectNode subscription, SandboxForm form) {
        if (!form.has("pause_collection")) {
            return;
        }
        SandboxForm pause = form.child("pause_collection");
        if (pause.fields().isEmpty()) {
            subscription.putNull("pause_collection");
            return;
        }
        ObjectNode wanted = SandboxJson.child(subscription, "pause_collection");
        wanted.put("behavior", pause.required("behavior"));
        pause.number("resumes_at")
                .ifPresentOrElse(it -> wanted.put("resumes_at", it), () -> wanted.putNull("resumes_at"));
    }

    private void cancellation(ObjectNode subscription, SandboxForm form) {
        form.flag("cancel_at_period_end").ifPresent(atEnd -> {
            setCancelAt(subscription, atEnd ? SandboxSubscriptionBilling.periodEnd(subscription) : 0);
            subscription.put("cancel_at_period_end", atEnd);
        });
        if (form.has("cancel_at")) {
            setCancelAt(subscription, at(subscription, form));
        }
        form.child("cancellation_details")
                .copy(SandboxJson.child(subscription, "cancellation_details"), "comment", "feedback");
    }

    private long at(ObjectNode subscription, SandboxForm form) {
        String at = form.text("cancel_at").orElse("");
        if (at.equals("min_period_end") || at.equals("max_period_end")) {
            return SandboxSubscriptionBilling.periodEnd(subscription);
        }
        long instant = form.number("cancel_at").orElse(0L);
        if (instant != 0 && instant < world.nowEpochSeconds()) {
            throw SandboxApiError.invalidParam(
                    "cancel_at", "Invalid timestamp: must be an integer Unix timestamp in the future.");
        }
        return instant;
    }

    /** At an instant alone, as the portal writes it too; never, if it is nothing. */
    public void setCancelAt(ObjectNode subscription, long at) {
        ObjectNode details = SandboxJson.child(subscription, "cancellation_details");
        subscription.put("cancel_at_period_end", false);
        if (at == 0) {
            subscription.putNull("cancel_at").putNull("canceled_at");
            details.putNull("reason");
        } else {
            subscription.put("cancel_at", at).put("canceled_at", world.nowEpochSeconds());
            details.put("reason", "cancellation_requested");
        }
    }

    /** Whether there is something to invoice, be it nothing. */
    private boolean trial(ObjectNode subscription, SandboxForm form) {
        if (!form.has("trial_end")) {
            return false;
        }
        boolean now = form.required("trial_end").equals("now");
        if (now && !subscription.path("status").asText().equals("trialing")) {
            return false;
        }
        long end = now ? world.nowEpochSeconds() : form.number("trial_end").orElseThrow();
        if (end < world.nowEpochSeconds()) {
            throw SandboxApiError.invalidParam(
                    "trial_end", "Invalid timestamp: must be an integer Unix timestamp in the future.");
        }
        if (now) {
            subscription.put("trial_end", end).put("status", "active");
            starting.restartBillingPeriods(subscription);
            return true;
        }
        subscription.put("status", "trialing");
        if (!subscription.hasNonNull("trial_start")) {
            subscription.put("trial_start", world.nowEpochSeconds());
        }
        starting.setTrialEnd(subscription, end);
        return true;
    }
}
