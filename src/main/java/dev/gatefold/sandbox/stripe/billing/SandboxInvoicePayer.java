package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.util.Optional;

/** Pays an invoice because somebody asks for it, by the API or at the portal. */
public final class SandboxInvoicePayer {
    private final SandboxState world;
    private final SandboxPaymentMethods cards;
    private final SandboxInvoices invoices;
    private final SandboxPaymentCollection collecting;

    public SandboxInvoicePayer(
            SandboxState world,
            SandboxPaymentMethods cards,
            SandboxInvoices invoices,
            SandboxPaymentCollection collecting) {
        this.world = world;
        this.cards = cards;
        this.invoices = invoices;
        this.collecting = collecting;
    }

    public ObjectNode pay(SandboxApiRequest call) {
        ObjectNode invoice = world.require("invoice", call.id());
        Optional<String> method = call.form().text("payment_method");
        if (call.form().flag("paid_out_of_band").orElse(false)) {
            mustBeOwed(invoice);
            invoices.markPaid(invoice);
            collecting.reactivateSubscription(invoice, subscription(invoice));
            return invoice;
        }
        if (pay(invoice, method) == SandboxPayments.PaymentOutcome.FAILED) {
            throw SandboxApiError.cardDeclined();
        }
        return invoice;
    }

    public SandboxPayments.PaymentOutcome pay(ObjectNode invoice, Optional<String> method) {
        mustBeOwed(invoice);
        if (invoice.path("status").asText().equals("draft")) {
            invoices.finalizeInvoice(invoice);
        }
        if (invoice.path("status").asText().equals("paid")) {
            return SandboxPayments.PaymentOutcome.PAID;
        }
        ObjectNode subscription = subscription(invoice);
        ObjectNode customer =
                world.require("customer", subscription.path("customer").asText());
        Optional<ObjectNode> card = method.map(it -> cards.resolve(customer, it))
                .flatMap(it -> world.find("payment_method", it))
                .or(() -> cards.forSubscription(subscription));
        return collecting.attempt(invoice, card);
    }

    private ObjectNode subscription(ObjectNode invoice) {
        return world.require("subscription", SandboxInvoices.subscriptionId(invoice));
    }

    private static void mustBeOwed(ObjectNode invoice) {
        String status = invoice.path("status").asText();
        switch (status) {
            case "draft", "open", "uncollectible" -> {}
            case "paid" -> throw SandboxApiError.of(400, "Invoice is already paid");
            default -> throw SandboxApiError.of(400, "This invoice can not be paid: its status is " + status + ".");
        }
    }
}
