package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.util.concurrent.atomic.AtomicReference;

/** Updates subscriptions: items, trial, cancellation, payment method, and pause of collection. */
public final class SandboxSubscriptionUpdates {
    private static final String UPDATED = "customer.subscription.updated";

    private final SandboxState state;
    private final SandboxEvents events;
    private final SandboxPaymentMethods paymentMethods;
    private final SandboxSubscriptionBilling billing;
    private final SandboxDiscounts discounts;
    private final SandboxSubscriptionItems itemUpdates;

    public SandboxSubscriptionUpdates(
            SandboxState state,
            SandboxEvents events,
            SandboxPaymentMethods paymentMethods,
            SandboxSubscriptionBilling billing,
            SandboxDiscounts discounts) {
        this.state = state;
        this.events = events;
        this.paymentMethods = paymentMethods;
        this.billing = billing;
        this.discounts = discounts;
        this.itemUpdates = new SandboxSubscriptionItems(state, billing, discounts);
    }

    /**
     * Applies the parameters of an update, and invoices the change where Stripe does.
     *
     * @throws SandboxApiError with status 400 for a change that is not possible
     */
    public ObjectNode apply(ObjectNode subscription, SandboxForm form) {
        if (subscription.hasNonNull("ended_at")
                && (form.has("items")
                        || form.has("cancel_at")
                        || form.has("cancel_at_period_end")
                        || form.has("trial_end"))) {
            throw SandboxApiError.of(
                    400, "A canceled subscription can only update its cancellation_details and metadata.");
        }
        AtomicReference<SandboxSubscriptionItems.ImmediateInvoice> invoice =
                new AtomicReference<>(SandboxSubscriptionItems.ImmediateInvoice.NONE);
        events.updateAndEmit(UPDATED, subscription, () -> invoice.set(change(subscription, form)));
        switch (invoice.get()) {
            case NONE -> {}
            case PRORATIONS -> billing.finalizeAndCollect(billing.draftProrations(subscription), false);
            case NEW_PERIOD -> billing.finalizeAndCollect(billing.draft(subscription, "subscription_update"), false);
        }
        return subscription;
    }

    /** Changes the subscription without an event or an invoice, and returns the invoice that the change requires. */
    SandboxSubscriptionItems.ImmediateInvoice change(ObjectNode subscription, SandboxForm form) {
        form.copyMetadata(subscription);
        form.copy(subscription, "description");
        setPaymentMethod(subscription, form);
        pauseCollection(subscription, form);
        SandboxSubscriptionBilling.setCollectionMethod(subscription, form);
        discounts.set(subscription, form);
        applyCancellation(subscription, form);
        boolean newPeriod = applyTrialEnd(subscription, form);
        SandboxSubscriptionItems.ImmediateInvoice ofItems = itemUpdates.apply(subscription, form);
        return newPeriod ? SandboxSubscriptionItems.ImmediateInvoice.NEW_PERIOD : ofItems;
    }

    private void setPaymentMethod(ObjectNode subscription, SandboxForm form) {
        form.text("default_payment_method").ifPresent(id -> {
            ObjectNode customer =
                    state.require("customer", subscription.path("customer").asText());
            subscription.put("default_payment_method", paymentMethods.resolve(customer, id));
        });
    }

    /** Pauses or resumes the collection of payments, which does not change the status. */
    private static void pauseCollection(ObjectNode subscription, SandboxForm form) {
        if (!form.has("pause_collection")) {
            return;
        }
        SandboxForm pause = form.child("pause_collection");
        if (pause.fields().isEmpty()) {
            subscription.putNull("pause_collection");
            return;
        }
        ObjectNode target = SandboxJson.child(subscription, "pause_collection");
        target.put("behavior", pause.required("behavior"));
        pause.number("resumes_at")
                .ifPresentOrElse(it -> target.put("resumes_at", it), () -> target.putNull("resumes_at"));
    }

    private void applyCancellation(ObjectNode subscription, SandboxForm form) {
        if (subscription.hasNonNull("schedule") && (form.has("cancel_at") || form.has("cancel_at_period_end"))) {
            throw SandboxApiError.of(
                    400,
                    "The subscription is managed by the subscription schedule `%s`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead."
                            .formatted(subscription.path("schedule").asText()));
        }
        form.flag("cancel_at_period_end").ifPresent(atEnd -> {
            setCancelAt(subscription, atEnd ? SandboxSubscriptionBilling.periodEnd(subscription) : 0);
            subscription.put("cancel_at_period_end", atEnd);
        });
        if (form.has("cancel_at")) {
            setCancelAt(subscription, cancelAt(subscription, form));
        }
        form.child("cancellation_details")
                .copy(SandboxJson.child(subscription, "cancellation_details"), "comment", "feedback");
    }

    private long cancelAt(ObjectNode subscription, SandboxForm form) {
        String at = form.text("cancel_at").orElse("");
        if (at.equals("min_period_end") || at.equals("max_period_end")) {
            return SandboxSubscriptionBilling.periodEnd(subscription);
        }
        long instant = form.number("cancel_at").orElse(0L);
        if (instant != 0 && instant < state.nowEpochSeconds()) {
            throw SandboxApiError.invalidParam(
                    "cancel_at", "Invalid timestamp: must be an integer Unix timestamp in the future.");
        }
        return instant;
    }

    /** Sets the cancellation to an instant in epoch seconds, as Stripe's portal does; 0 reverts it. */
    public void setCancelAt(ObjectNode subscription, long at) {
        ObjectNode details = SandboxJson.child(subscription, "cancellation_details");
        subscription.put("cancel_at_period_end", false);
        if (at == 0) {
            subscription.putNull("cancel_at").putNull("canceled_at");
            details.putNull("reason");
        } else {
            subscription.put("cancel_at", at).put("canceled_at", state.nowEpochSeconds());
            details.put("reason", "cancellation_requested");
        }
    }

    /** Changes the trial, and returns true if that starts a new period, which is invoiced. */
    private boolean applyTrialEnd(ObjectNode subscription, SandboxForm form) {
        if (!form.has("trial_end")) {
            return false;
        }
        boolean now = form.required("trial_end").equals("now");
        if (now && !subscription.path("status").asText().equals("trialing")) {
            return false;
        }
        long end = now ? state.nowEpochSeconds() : form.number("trial_end").orElseThrow();
        if (end < state.nowEpochSeconds()) {
            throw SandboxApiError.invalidParam(
                    "trial_end", "Invalid timestamp: must be an integer Unix timestamp in the future.");
        }
        if (now) {
            subscription.put("trial_end", end).put("status", "active");
            billing.restartBillingPeriods(subscription);
            return true;
        }
        boolean paid = subscription.path("status").asText().equals("active");
        if (paid && form.text("proration_behavior").filter("none"::equals).isEmpty()) {
            itemUpdates.creditUnusedTime(subscription);
        }
        subscription.put("status", "trialing");
        if (!subscription.hasNonNull("trial_start")) {
            subscription.put("trial_start", state.nowEpochSeconds());
        }
        billing.setTrialEnd(subscription, end);
        return true;
    }
}
