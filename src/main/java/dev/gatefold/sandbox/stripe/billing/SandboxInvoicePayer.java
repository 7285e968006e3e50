package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.util.Optional;

/** Pays an invoice on request, by the API or in the portal. */
public final class SandboxInvoicePayer {
    private final SandboxState state;
    private final SandboxPaymentMethods paymentMethods;
    private final SandboxInvoices invoices;
    private final SandboxPaymentCollection collection;

    public SandboxInvoicePayer(
            SandboxState state,
            SandboxPaymentMethods paymentMethods,
            SandboxInvoices invoices,
            SandboxPaymentCollection collection) {
        this.state = state;
        this.paymentMethods = paymentMethods;
        this.invoices = invoices;
        this.collection = collection;
    }

    /** Handles {@code POST /v1/invoices/ID/pay}. */
    public ObjectNode pay(SandboxApiRequest request) {
        ObjectNode invoice = state.require("invoice", request.id());
        Optional<String> method = request.form().text("payment_method");
        if (request.form().flag("paid_out_of_band").orElse(false)) {
            requirePayable(invoice);
            invoices.markPaid(invoice);
            collection.reactivateSubscription(invoice);
            return invoice;
        }
        if (pay(invoice, method) == SandboxPaymentOutcome.FAILED) {
            throw SandboxApiError.cardDeclined();
        }
        return invoice;
    }

    /**
     * Finalizes and pays the invoice.
     *
     * @param method empty for the default payment method of the subscription
     */
    public SandboxPaymentOutcome pay(ObjectNode invoice, Optional<String> method) {
        requirePayable(invoice);
        if (invoice.path("status").asText().equals("draft")) {
            invoices.finalizeInvoice(invoice);
        }
        if (invoice.path("status").asText().equals("paid")) {
            return SandboxPaymentOutcome.PAID;
        }
        ObjectNode subscription = subscription(invoice);
        ObjectNode customer =
                state.require("customer", subscription.path("customer").asText());
        Optional<ObjectNode> card = method.map(it -> paymentMethods.resolve(customer, it))
                .flatMap(it -> state.find("payment_method", it))
                .or(() -> paymentMethods.forSubscription(subscription));
        return collection.attempt(invoice, card);
    }

    private ObjectNode subscription(ObjectNode invoice) {
        return state.require("subscription", SandboxInvoices.subscriptionId(invoice));
    }

    private static void requirePayable(ObjectNode invoice) {
        String status = invoice.path("status").asText();
        switch (status) {
            case "draft", "open", "uncollectible" -> {}
            case "paid" -> throw SandboxApiError.of(400, "Invoice is already paid");
            default -> throw SandboxApiError.of(400, "This invoice can not be paid: its status is " + status + ".");
        }
    }
}
