package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a subscription begins, and its next period each time. */
public final class SandboxSubscriptionBilling {
    public record RequestedItem(ObjectNode price, long quantity) {}

    /** {@code later}: the first payment is not tried at once. */
    public record SubscriptionTerms(
            ObjectNode customer,
            List<RequestedItem> items,
            Optional<Long> trialEnd,
            Optional<String> method,
            SandboxForm form,
            boolean deferPayment) {}

    private final SandboxState world;
    private final SandboxEvents events;
    private final SandboxInvoices invoices;
    private final SandboxPaymentCollection collecting;

    public SandboxSubscriptionBilling(
            SandboxState world, SandboxEvents events, SandboxInvoices invoices, SandboxPaymentCollection collecting) {
        this.world = world;
        this.events = events;
        this.invoices = invoices;
        this.collecting = collecting;
    }

    public ObjectNode create(SubscriptionTerms terms) {
        ObjectNode subscription = world.create("subscription");
        subscription.put("customer", SandboxState.id(terms.customer)).put("start_date", world.nowEpochSeconds());
        subscription.put("status", terms.trialEnd.isPresent() ? "trialing" : "incomplete");
        terms.method.ifPresent(it -> subscription.put("default_payment_method", it));
        terms.form.copyMetadata(subscription);
        terms.form.copy(subscription, "description");
        terms.form
                .child("trial_settings")
                .child("end_behavior")
                .text("missing_payment_method")
                .ifPresent(it -> SandboxJson.child(SandboxJson.child(subscription, "trial_settings"), "end_behavior")
                        .put("missing_payment_method", it));
        for (RequestedItem item : terms.items) {
            addItem(subscription, item);
        }
        long until = terms.trialEnd.orElse(0L);
        if (terms.trialEnd.isPresent()) {
            subscription.put("trial_start", world.nowEpochSeconds());
            setTrialEnd(subscription, until);
        } else {
            restartBillingPeriods(subscription);
        }
        ObjectNode invoice = draft(subscription, "subscription_create");
        events.emit("customer.subscription.created", subscription);
        finalizeAndCollect(invoice, terms.deferPayment);
        return subscription;
    }

    ObjectNode addItem(ObjectNode subscription, RequestedItem wanted) {
        ObjectNode item = world.newObject("subscription_item");
        item.put("subscription", SandboxState.id(subscription)).put("quantity", wanted.quantity);
        item.set("price", wanted.price.deepCopy());
        subscription.set("currency", wanted.price.get("currency"));
        ObjectNode items = SandboxJson.child(subscription, "items");
        items.withArray("/data").add(item);
        items.put("total_count", items.path("data").size());
        items.put("url", "/v1/subscription_items?subscription=" + SandboxState.id(subscription));
        return item;
    }

    void setTrialEnd(ObjectNode subscription, long end) {
        subscription.put("trial_end", end).put("billing_cycle_anchor", end);
        world.internalData(subscription)
                .put("warnFrom", world.nowEpochSeconds())
                .remove("warned");
        for (ObjectNode item : items(subscription)) {
            item.put("current_period_start", world.nowEpochSeconds()).put("current_period_end", end);
        }
    }

    /** The first period begins now, and all later ones are counted from here. */
    public void restartBillingPeriods(ObjectNode subscription) {
        subscription.put("billing_cycle_anchor", world.nowEpochSeconds());
        setPeriodFrom(subscription, world.nowEpochSeconds());
    }

    public void setPeriodFrom(ObjectNode subscription, long start) {
        long anchor = subscription.path("billing_cycle_anchor").asLong();
        for (ObjectNode item : items(subscription)) {
            JsonNode recurring = item.path("price").path("recurring");
            item.put("current_period_start", start)
                    .put("current_period_end", SandboxBillingPeriods.end(anchor, start, recurring));
        }
    }

    /** An invoice for the items' current period; of nothing in a trial. */
    public ObjectNode draft(ObjectNode subscription, String reason) {
        return draft(subscription, reason, world.nowEpochSeconds(), world.nowEpochSeconds());
    }

    /** One that is written at the end of another period, which it names; its lines are for the one that begins. */
    ObjectNode draft(ObjectNode subscription, String reason, long from, long until) {
        boolean trial = subscription.path("status").asText().equals("trialing");
        List<SandboxInvoices.InvoiceLine> lines = new ArrayList<>(due(subscription));
        for (ObjectNode item : items(subscription)) {
            long amount = item.path("price").path("unit_amount").asLong()
                    * item.path("quantity").asLong();
            String name = productName(item);
            lines.add(new SandboxInvoices.InvoiceLine(
                    trial ? 0 : amount,
                    trial ? "Trial period for " + name : item.path("quantity").asText() + " × " + name,
                    item,
                    item.path("current_period_start").asLong(),
                    item.path("current_period_end").asLong()));
        }
        return invoices.draft(subscription, reason, lines, from, until);
    }

    /** An invoice for what a change of price left, and no more. */
    ObjectNode draftProrations(ObjectNode subscription) {
        return invoices.draft(
                subscription,
                "subscription_update",
                due(subscription),
                world.nowEpochSeconds(),
                world.nowEpochSeconds());
    }

    /** Credits and charges of a change of price that wait for the next invoice. */
    private List<SandboxInvoices.InvoiceLine> due(ObjectNode subscription) {
        JsonNode pending = world.internalData(subscription).remove("prorations");
        if (pending == null) {
            return List.of();
        }
        ObjectNode item = items(subscription).getFirst();
        return SandboxJson.stream(pending)
                .map(it -> new SandboxInvoices.InvoiceLine(
                        it.path("amount").asLong(),
                        it.path("description").asText(),
                        item,
                        it.path("from").asLong(),
                        it.path("until").asLong()))
                .toList();
    }

    String productName(ObjectNode item) {
        return world.find(item.path("price").path("product").asText())
                .flatMap(it -> SandboxJson.text(it, "name"))
                .orElse("Subscription");
    }

    /** Told of, finalised at once, and charged unless that is for later. */
    public Optional<SandboxPayments.PaymentOutcome> finalizeAndCollect(ObjectNode invoice, boolean later) {
        events.emit("invoice.created", invoice);
        invoices.finalizeInvoice(invoice);
        if (later || invoice.path("status").asText().equals("paid")) {
            return Optional.empty();
        }
        return Optional.of(collecting.attempt(invoice));
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
