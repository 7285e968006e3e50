package dev.gatefold.sandbox.stripe.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.api.SandboxComponents;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;

/**
 * The billing portal: the subscriptions, payment method and invoices of one customer. In a flow, it shows only the page that
 * the flow names, and returns after its action.
 */
final class SandboxPortalPage {
    private final SandboxState state;
    private final SandboxComponents components;
    private final SandboxPortalSubscriptions subscriptions;

    SandboxPortalPage(SandboxState state, SandboxComponents components) {
        this.state = state;
        this.components = components;
        this.subscriptions = new SandboxPortalSubscriptions(state, components);
    }

    SandboxHtml show(String id) {
        ObjectNode session = state.require("billing_portal.session", id);
        ObjectNode customer = components.portalSessions.customer(session);
        JsonNode flow = session.path("flow");
        SandboxHtml content = switch (flow.path("type").asText()) {
            case "payment_method_update" -> paymentMethod(session);
            case "subscription_cancel" -> subscriptions.cancellation(session, subject(flow));
            case "subscription_update" -> subscriptions.plans(session, subject(flow));
            default -> overview(session);
        };
        return SandboxHtml.template("portal.html")
                .with("customer", SandboxJson.text(customer, "email").orElse(SandboxState.id(customer)))
                .with("back", session.path("return_url").asText("/"))
                .with("message", SandboxMessages.take(state, session))
                .with("content", content)
                .inLayout("Billing portal");
    }

    private static String subject(JsonNode flow) {
        return flow.path(flow.path("type").asText()).path("subscription").asText();
    }

    private SandboxHtml overview(ObjectNode session) {
        return SandboxHtml.template("portal-overview.html")
                .with(
                        "subscriptions",
                        components.portalSessions.subscriptions(session).reversed().stream()
                                .map(it -> subscriptions.summary(session, it))
                                .collect(SandboxHtml.joined()))
                .with("paymentMethod", paymentMethod(session))
                .with(
                        "invoices",
                        components.portalSessions.invoices(session).stream()
                                .map(it -> invoice(it, SandboxState.id(session)))
                                .collect(SandboxHtml.joined()));
    }

    private SandboxHtml paymentMethod(ObjectNode session) {
        String card = components.portalSessions.subscriptions(session).stream()
                .filter(it -> !it.hasNonNull("ended_at"))
                .findFirst()
                .flatMap(components.paymentMethods::forSubscription)
                .or(() -> components.paymentMethods.forSubscription(SandboxJson.object()
                        .put("customer", session.path("customer").asText())))
                .map(SandboxPortalPage::card)
                .orElse("none");
        return SandboxHtml.template("portal-payment-method.html")
                .with("id", SandboxState.id(session))
                .with("card", card);
    }

    static String card(ObjectNode method) {
        String type = method.path("type").asText();
        return (type.equals("card") ? "card" : "bank account") + " ending in "
                + method.path(type).path("last4").asText();
    }

    private static SandboxHtml invoice(ObjectNode invoice, String session) {
        String status = invoice.path("status").asText();
        return SandboxHtml.template("portal-invoice.html")
                .with("number", invoice.path("number").asText("draft"))
                .with("day", SandboxFormats.day(invoice.path("created").asLong()))
                .with(
                        "amount",
                        SandboxFormats.money(
                                invoice.path("total").asLong(),
                                invoice.path("currency").asText()))
                .with("status", status)
                .with(
                        "action",
                        status.equals("open")
                                ? button(session, "pay", SandboxState.id(invoice), "Pay invoice")
                                : SandboxHtml.text(""));
    }

    static SandboxHtml button(String session, String action, String subject, String label) {
        return SandboxHtml.template("portal-button.html")
                .with("id", session)
                .with("action", action)
                .with("subject", subject)
                .with("label", label);
    }

    /** Performs the action of a button, and returns the URL to redirect to. */
    String perform(String id, String action, SandboxForm form) {
        ObjectNode session = state.require("billing_portal.session", id);
        String message = components.portalActions.perform(
                session,
                action,
                form.text("subject").orElse(""),
                form.text("price").orElse(""));
        JsonNode completion = session.path("flow").path("after_completion");
        if (completion.path("type").asText().equals("redirect")) {
            return completion.path("redirect").path("return_url").asText();
        }
        SandboxMessages.put(state, session, message);
        return "/portal/" + id;
    }
}
