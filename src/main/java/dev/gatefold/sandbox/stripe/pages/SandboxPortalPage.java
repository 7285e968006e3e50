package dev.gatefold.sandbox.stripe.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.api.SandboxComponents;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionBilling;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.util.Optional;

/** The billing portal: the subscriptions, payment method and invoices of one customer. */
final class SandboxPortalPage {
    private final SandboxState state;
    private final SandboxComponents components;

    SandboxPortalPage(SandboxState state, SandboxComponents components) {
        this.state = state;
        this.components = components;
    }

    SandboxHtml show(String id) {
        ObjectNode session = state.require("billing_portal.session", id);
        ObjectNode customer = components.portalSessions.customer(session);
        return SandboxHtml.template("portal.html")
                .with("id", id)
                .with("customer", SandboxJson.text(customer, "email").orElse(SandboxState.id(customer)))
                .with("back", session.path("return_url").asText("/"))
                .with(
                        "card",
                        components.portalSessions.subscriptions(session).stream()
                                .filter(it -> !it.hasNonNull("ended_at"))
                                .findFirst()
                                .flatMap(components.paymentMethods::forSubscription)
                                .or(() -> components.paymentMethods.forSubscription(
                                        SandboxJson.object().put("customer", SandboxState.id(customer))))
                                .map(SandboxPortalPage::card)
                                .orElse("none"))
                .with(
                        "subscriptions",
                        components.portalSessions.subscriptions(session).reversed().stream()
                                .map(it -> subscription(it, id))
                                .collect(SandboxHtml.joined()))
                .with(
                        "invoices",
                        components.portalSessions.invoices(session).stream()
                                .map(it -> invoice(it, id))
                                .collect(SandboxHtml.joined()))
                .inLayout("Your subscription");
    }

    static String card(ObjectNode method) {
        String type = method.path("type").asText();
        return (type.equals("card") ? "card" : "bank account") + " ending in "
                + method.path(type).path("last4").asText();
    }

    private static SandboxHtml subscription(ObjectNode subscription, String session) {
        ObjectNode item = SandboxSubscriptionBilling.items(subscription).getFirst();
        return SandboxHtml.template("portal-subscription.html")
                .with("price", SandboxFormats.price(item.path("price")))
                .with("status", subscription.path("status").asText())
                .with("term", term(subscription))
                .with("action", action(subscription, session));
    }

    private static String term(ObjectNode subscription) {
        if (subscription.hasNonNull("ended_at")) {
            return "Ended on "
                    + SandboxFormats.day(subscription.path("ended_at").asLong());
        }
        return subscription.hasNonNull("cancel_at")
                ? "Ends on " + SandboxFormats.day(subscription.path("cancel_at").asLong())
                : "Renews on " + SandboxFormats.day(SandboxSubscriptionBilling.periodEnd(subscription));
    }

    private static SandboxHtml action(ObjectNode subscription, String session) {
        if (subscription.hasNonNull("ended_at")) {
            return SandboxHtml.text("");
        }
        return subscription.hasNonNull("cancel_at")
                ? button(session, "undo", SandboxState.id(subscription), "Renew subscription")
                : button(session, "cancel", SandboxState.id(subscription), "Cancel subscription");
    }

    private static SandboxHtml invoice(ObjectNode invoice, String session) {
        String status = invoice.path("status").asText();
        boolean open = status.equals("open");
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
                        Optional.of(open)
                                .filter(it -> it)
                                .map(it -> button(session, "pay", SandboxState.id(invoice), "Pay invoice"))
                                .orElse(SandboxHtml.text("")));
    }

    private static SandboxHtml button(String session, String action, String subject, String label) {
        return SandboxHtml.template("portal-button.html")
                .with("id", session)
                .with("action", action)
                .with("subject", subject)
                .with("label", label);
    }
}
