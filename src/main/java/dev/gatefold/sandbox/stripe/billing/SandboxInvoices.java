package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxLists;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.util.List;
import java.util.Optional;

/** Drafts, finalizes and closes invoices. {@link SandboxPaymentCollection} collects the payments. */
public final class SandboxInvoices {
    private final SandboxState state;
    private final SandboxEvents events;
    private final SandboxPayments payments;
    private final SandboxDiscounts discounts;
    private final SandboxBalances balances;
    private final SandboxInvoiceDrafts drafts;
    private final String url;

    /** Creates the invoices. {@code url} is the base URL of their pages. */
    public SandboxInvoices(
            SandboxState state,
            SandboxEvents events,
            SandboxPayments payments,
            SandboxDiscounts discounts,
            SandboxInvoiceDrafts drafts,
            String url) {
        this.state = state;
        this.events = events;
        this.payments = payments;
        this.discounts = discounts;
        this.balances = new SandboxBalances(state, events);
        this.drafts = drafts;
        this.url = url;
    }

    /** Updates the URLs of the invoice pages, because the port can change between runs. */
    public void updateUrls() {
        state.all("invoice").stream()
                .filter(it -> it.hasNonNull("hosted_invoice_url"))
                .forEach(this::setPageUrl);
    }

    private void setPageUrl(ObjectNode invoice) {
        invoice.put("hosted_invoice_url", url + "/invoice/" + SandboxState.id(invoice));
    }

    /**
     * Creates a draft and makes it the latest invoice of the subscription. Emits no event.
     *
     * @param from start of the invoice period in epoch seconds
     * @param until end of the invoice period
     */
    ObjectNode draft(ObjectNode subscription, String reason, List<SandboxInvoiceLine> lines, long from, long until) {
        ObjectNode invoice = drafts.build(subscription, reason, lines, from, until, state.nowEpochSeconds());
        state.put(invoice);
        discounts.removeUsed(subscription, invoice);
        subscription.put("latest_invoice", SandboxState.id(invoice));
        return invoice;
    }

    /** Opens the draft for payment. An invoice without an amount due is paid at once. */
    void finalizeInvoice(ObjectNode invoice) {
        ObjectNode counter = state.settings("invoices");
        counter.put("count", counter.path("count").asInt() + 1);
        invoice.put("number", "SANDBOX-%04d".formatted(counter.path("count").asInt()));
        invoice.put("status", "open").put("effective_at", state.nowEpochSeconds());
        balances.applyTo(invoice);
        invoice.putNull("automatically_finalizes_at");
        setPageUrl(invoice);
        transition(invoice, "finalized_at");
        long due = invoice.path("amount_due").asLong();
        if (due > 0) {
            ObjectNode intent = payments.createIntent(
                    due,
                    invoice.path("currency").asText(),
                    invoice.path("customer").asText(),
                    "Subscription " + invoice.path("billing_reason").asText().replace("subscription_", ""));
            ObjectNode payment = state.create("invoice_payment");
            payment.put("invoice", SandboxState.id(invoice)).put("amount_requested", due);
            payment.set("currency", invoice.get("currency"));
            SandboxJson.child(payment, "payment")
                    .put("type", "payment_intent")
                    .put("payment_intent", SandboxState.id(intent));
        }
        events.emit("invoice.finalized", invoice);
        if (due == 0) {
            markPaid(invoice);
        } else if (invoice.path("collection_method").asText().equals("send_invoice")) {
            events.emit("invoice.sent", invoice);
        }
    }

    void markPaid(ObjectNode invoice) {
        long due = invoice.path("amount_due").asLong();
        invoice.put("status", "paid").put("attempted", true).put("auto_advance", false);
        invoice.put("amount_paid", due).put("amount_remaining", 0).putNull("next_payment_attempt");
        transition(invoice, "paid_at");
        events.emit("invoice.paid", invoice);
        events.emit("invoice.payment_succeeded", invoice);
        invoicePayment(invoice).ifPresent(payment -> {
            payment.put("status", "paid").put("amount_paid", due);
            transition(payment, "paid_at");
            events.emit("invoice_payment.paid", payment);
        });
    }

    private void close(ObjectNode invoice, String status, String transition, String event) {
        invoice.put("status", status).put("auto_advance", false).putNull("next_payment_attempt");
        transition(invoice, transition);
        events.emit(event, invoice);
    }

    /** Voids the invoice and cancels its payment. */
    void voidInvoice(ObjectNode invoice) {
        balances.unapply(invoice);
        paymentIntent(invoice).ifPresent(payments::cancel);
        invoicePayment(invoice).ifPresent(payment -> {
            payment.put("status", "canceled");
            transition(payment, "canceled_at");
        });
        close(invoice, "void", "voided_at", "invoice.voided");
    }

    void markUncollectible(ObjectNode invoice) {
        close(invoice, "uncollectible", "marked_uncollectible_at", "invoice.marked_uncollectible");
    }

    private void transition(ObjectNode object, String name) {
        SandboxJson.child(object, "status_transitions").put(name, state.nowEpochSeconds());
    }

    /** Returns the invoices of the subscription, oldest first. */
    List<ObjectNode> ofSubscription(ObjectNode subscription) {
        return state.all("invoice").stream()
                .filter(it -> subscriptionId(it).equals(SandboxState.id(subscription)))
                .toList();
    }

    Optional<ObjectNode> invoicePayment(ObjectNode invoice) {
        return state.all("invoice_payment").stream()
                .filter(it -> it.path("invoice").asText().equals(SandboxState.id(invoice)))
                .findFirst();
    }

    public Optional<ObjectNode> paymentIntent(ObjectNode invoice) {
        return invoicePayment(invoice)
                .flatMap(it -> state.find(
                        "payment_intent",
                        it.path("payment").path("payment_intent").asText()));
    }

    public static String subscriptionId(ObjectNode invoice) {
        return invoice.path("parent")
                .path("subscription_details")
                .path("subscription")
                .asText();
    }

    public ObjectNode listPayments(SandboxApiRequest request) {
        SandboxForm payment = request.form().child("payment");
        return SandboxLists.page(
                request,
                state.all("invoice_payment"),
                SandboxLists.matching(request.form(), "invoice", "status")
                        .and(it -> SandboxLists.matching(payment, "type", "payment_intent")
                                .test((ObjectNode) it.get("payment"))));
    }

    public ObjectNode list(SandboxApiRequest request) {
        Optional<String> subscription = request.form().text("subscription");
        return SandboxLists.page(
                request,
                state.all("invoice"),
                SandboxLists.matching(request.form(), "customer", "status", "collection_method")
                        .and(it -> subscription.map(subscriptionId(it)::equals).orElse(true)));
    }
}
