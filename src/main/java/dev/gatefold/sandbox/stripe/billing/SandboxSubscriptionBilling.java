package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates subscriptions and starts their billing periods. */
public final class SandboxSubscriptionBilling {
    /** Time from the draft of an invoice to its finalization. */
    static final long DRAFT_SECONDS = Duration.ofHours(1).toSeconds();

    private final SandboxState state;
    private final SandboxEvents events;
    private final SandboxInvoices invoices;
    private final SandboxPaymentCollection collection;
    private final SandboxDiscounts discounts;
    private final SandboxPriceAmounts amounts;

    public SandboxSubscriptionBilling(
            SandboxState state,
            SandboxEvents events,
            SandboxInvoices invoices,
            SandboxPaymentCollection collection,
            SandboxDiscounts discounts) {
        this.state = state;
        this.events = events;
        this.invoices = invoices;
        this.collection = collection;
        this.discounts = discounts;
        this.amounts = new SandboxPriceAmounts(state);
    }

    public ObjectNode create(SandboxSubscriptionTerms terms) {
        ObjectNode subscription = state.create("subscription");
        subscription.put("customer", SandboxState.id(terms.customer())).put("start_date", state.nowEpochSeconds());
        setCollectionMethod(subscription, terms.form());
        subscription.put(
                "status",
                terms.trialEnd().isPresent() ? "trialing" : isSentByMail(subscription) ? "active" : "incomplete");
        terms.method().ifPresent(it -> subscription.put("default_payment_method", it));
        terms.form().copyMetadata(subscription);
        terms.form().copy(subscription, "description");
        terms.form()
                .child("trial_settings")
                .child("end_behavior")
                .text("missing_payment_method")
                .ifPresent(it -> SandboxJson.child(SandboxJson.child(subscription, "trial_settings"), "end_behavior")
                        .put("missing_payment_method", it));
        for (SandboxRequestedItem item : terms.items()) {
            addItem(subscription, item);
        }
        terms.customer().set("currency", subscription.get("currency"));
        discounts.set(subscription, terms.form());
        long until = terms.trialEnd().orElse(0L);
        if (terms.trialEnd().isPresent()) {
            subscription.put("trial_start", state.nowEpochSeconds());
            setTrialEnd(subscription, until);
        } else {
            restartBillingPeriods(subscription);
        }
        ObjectNode invoice = draft(subscription, "subscription_create");
        events.emit("customer.subscription.created", subscription);
        finalizeAndCollect(invoice, terms.deferPayment());
        return subscription;
    }

    /** Sets how invoices are paid: automatically, or by the customer until a due date. */
    static void setCollectionMethod(ObjectNode subscription, SandboxForm form) {
        form.copy(subscription, "collection_method");
        form.number("days_until_due").ifPresent(it -> subscription.put("days_until_due", it));
        if (isSentByMail(subscription) && !subscription.hasNonNull("days_until_due")) {
            throw SandboxApiError.missingParam("days_until_due");
        }
    }

    static boolean isSentByMail(ObjectNode object) {
        return object.path("collection_method").asText().equals("send_invoice");
    }

    ObjectNode addItem(ObjectNode subscription, SandboxRequestedItem requested) {
        ObjectNode item = state.newObject("subscription_item");
        item.put("subscription", SandboxState.id(subscription)).put("quantity", requested.quantity());
        item.set("price", requested.price().deepCopy());
        subscription.set("currency", requested.price().get("currency"));
        ObjectNode items = SandboxJson.child(subscription, "items");
        items.withArray("/data").add(item);
        items.put("total_count", items.path("data").size());
        items.put("url", "/v1/subscription_items?subscription=" + SandboxState.id(subscription));
        return item;
    }

    /** Sets the end of the trial in epoch seconds, and schedules its notice again. */
    void setTrialEnd(ObjectNode subscription, long end) {
        subscription.put("trial_end", end).put("billing_cycle_anchor", end);
        state.internalData(subscription)
                .put("warnFrom", state.nowEpochSeconds())
                .remove("warned");
        for (ObjectNode item : items(subscription)) {
            item.put("current_period_start", state.nowEpochSeconds()).put("current_period_end", end);
        }
    }

    /** Starts a period now, and counts all later periods from now. */
    public void restartBillingPeriods(ObjectNode subscription) {
        subscription.put("billing_cycle_anchor", state.nowEpochSeconds());
        setPeriodFrom(subscription, state.nowEpochSeconds());
    }

    public void setPeriodFrom(ObjectNode subscription, long start) {
        long anchor = subscription.path("billing_cycle_anchor").asLong();
        for (ObjectNode item : items(subscription)) {
            JsonNode recurring = item.path("price").path("recurring");
            item.put("current_period_start", start)
                    .put("current_period_end", SandboxBillingPeriods.end(anchor, start, recurring));
        }
    }

    /** Drafts an invoice for the current period of the items, whose amount is zero in a trial. */
    public ObjectNode draft(ObjectNode subscription, String reason) {
        return draft(subscription, reason, state.nowEpochSeconds(), state.nowEpochSeconds());
    }

    /** Drafts an invoice of a renewal: its period is the one that has ended, its lines are for the one that begins. */
    ObjectNode draft(ObjectNode subscription, String reason, long from, long until) {
        return invoices.draft(subscription, reason, lines(subscription), from, until);
    }

    /** Returns the pending prorations, which it removes, and the lines of the current period of the items. */
    List<SandboxInvoiceLine> lines(ObjectNode subscription) {
        boolean trial = subscription.path("status").asText().equals("trialing");
        List<SandboxInvoiceLine> lines = new ArrayList<>(takeProrations(subscription));
        for (ObjectNode item : items(subscription)) {
            long amount = amounts.ofItem(item);
            String name = productName(item);
            lines.add(new SandboxInvoiceLine(
                    trial ? 0 : amount,
                    trial ? "Trial period for " + name : item.path("quantity").asText() + " × " + name,
                    item,
                    item.path("current_period_start").asLong(),
                    item.path("current_period_end").asLong()));
        }
        return lines;
    }

    /** Ends the current period or trial and starts the next period. */
    void startNextPeriod(ObjectNode subscription) {
        if (subscription.path("status").asText().equals("trialing")) {
            subscription.put("status", "active");
        }
        setPeriodFrom(subscription, periodEnd(subscription));
    }

    /** Returns true if invoices of that instant are not collected. */
    static boolean collectionPaused(ObjectNode subscription, long at) {
        JsonNode pause = subscription.path("pause_collection");
        return pause.isObject()
                && (!pause.hasNonNull("resumes_at") || pause.path("resumes_at").asLong() > at);
    }

    /** Drafts an invoice of the pending prorations alone. */
    ObjectNode draftProrations(ObjectNode subscription) {
        return invoices.draft(
                subscription,
                "subscription_update",
                takeProrations(subscription),
                state.nowEpochSeconds(),
                state.nowEpochSeconds());
    }

    /** Returns and removes the prorations that wait for the next invoice. */
    List<SandboxInvoiceLine> takeProrations(ObjectNode subscription) {
        JsonNode pending = state.internalData(subscription).remove("prorations");
        if (pending == null) {
            return List.of();
        }
        ObjectNode item = items(subscription).getFirst();
        return SandboxJson.stream(pending)
                .map(it -> new SandboxInvoiceLine(
                        it.path("amount").asLong(),
                        it.path("description").asText(),
                        item,
                        it.path("from").asLong(),
                        it.path("until").asLong()))
                .toList();
    }

    String productName(ObjectNode item) {
        return state.find(item.path("price").path("product").asText())
                .flatMap(it -> SandboxJson.text(it, "name"))
                .orElse("Subscription");
    }

    /**
     * Emits the event of a new invoice and finalizes it.
     *
     * @param deferPayment true to leave the invoice open
     * @return the result of the payment attempt; empty if none was necessary or wanted
     */
    public Optional<SandboxPaymentOutcome> finalizeAndCollect(ObjectNode invoice, boolean deferPayment) {
        if (isSentByMail(invoice)) {
            invoice.put("automatically_finalizes_at", state.nowEpochSeconds() + DRAFT_SECONDS);
            events.emit("invoice.created", invoice);
            return Optional.empty();
        }
        events.emit("invoice.created", invoice);
        invoices.finalizeInvoice(invoice);
        if (invoice.path("status").asText().equals("paid")) {
            collection.reactivateSubscription(invoice);
            return Optional.empty();
        }
        if (deferPayment) {
            return Optional.empty();
        }
        return Optional.of(collection.attempt(invoice));
    }

    public static List<ObjectNode> items(ObjectNode subscription) {
        return SandboxJson.stream(subscription.path("items").path("data"))
                .map(ObjectNode.class::cast)
                .toList();
    }

    static long periodStart(ObjectNode subscription) {
        return items(subscription).getFirst().path("current_period_start").asLong();
    }

    public static long periodEnd(ObjectNode subscription) {
        return items(subscription).getFirst().path("current_period_end").asLong();
    }
}
