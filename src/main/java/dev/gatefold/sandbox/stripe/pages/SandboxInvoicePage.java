package dev.gatefold.sandbox.stripe.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.api.SandboxComponents;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethodBehavior;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;

/** The hosted page of an invoice, on which the customer pays it. */
final class SandboxInvoicePage {
    private final SandboxState state;
    private final SandboxComponents components;

    SandboxInvoicePage(SandboxState state, SandboxComponents components) {
        this.state = state;
        this.components = components;
    }

    SandboxHtml show(String id) {
        ObjectNode invoice = state.require("invoice", id);
        String currency = invoice.path("currency").asText();
        return SandboxHtml.template("invoice.html")
                .with("number", invoice.path("number").asText("draft"))
                .with("message", SandboxMessages.take(state, invoice))
                .with(
                        "lines",
                        SandboxJson.stream(invoice.path("lines").path("data"))
                                .map(it -> line(it, currency))
                                .collect(SandboxHtml.joined()))
                .with(
                        "due",
                        SandboxFormats.money(invoice.path("amount_remaining").asLong(), currency))
                .with("status", status(invoice))
                .with(
                        "actions",
                        canBePaid(invoice)
                                ? SandboxHtml.template("invoice-actions.html").with("id", id)
                                : SandboxHtml.text(""))
                .inLayout("Invoice");
    }

    private static SandboxHtml line(JsonNode line, String currency) {
        return new SandboxHtml("<li>{{description}}, {{amount}}</li>")
                .with("description", line.path("description").asText())
                .with("amount", SandboxFormats.money(line.path("amount").asLong(), currency));
    }

    private String status(ObjectNode invoice) {
        return switch (invoice.path("status").asText()) {
            case "open" -> isProcessing(invoice) ? "The payment is being processed." : "Not paid yet.";
            case "paid" -> "Paid.";
            case "void" -> "This invoice is void. Nothing is due.";
            default -> "Status: " + invoice.path("status").asText();
        };
    }

    private boolean canBePaid(ObjectNode invoice) {
        String status = invoice.path("status").asText();
        return (status.equals("open") || status.equals("uncollectible")) && !isProcessing(invoice);
    }

    private boolean isProcessing(ObjectNode invoice) {
        return components
                .invoices
                .paymentIntent(invoice)
                .filter(it -> it.path("status").asText().equals("processing"))
                .isPresent();
    }

    /** Performs the action of a button, and returns the URL to redirect to. */
    String perform(String id, String action) {
        ObjectNode invoice = state.require("invoice", id);
        SandboxPaymentMethodBehavior method = switch (action) {
            case "good-card" -> SandboxPaymentMethodBehavior.GOOD;
            case "declining-card" -> SandboxPaymentMethodBehavior.DECLINES;
            case "bank-debit" -> SandboxPaymentMethodBehavior.DELAYED;
            default -> throw SandboxApiError.of(404, "No such action: " + action);
        };
        SandboxMessages.put(state, invoice, components.portalActions.pay(invoice, method));
        return "/invoice/" + id;
    }
}
