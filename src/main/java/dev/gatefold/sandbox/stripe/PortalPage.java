package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

final class PortalPage {
    private final World world;
    private final Works works;

    PortalPage(World world, Works works) {
        this.world = world;
        this.works = works;
    }

    Html show(String id) {
        ObjectNode session = world.get("billing_portal.session", id);
        ObjectNode customer = works.portal.customer(session);
        return Html.template("portal.html")
                .with("id", id)
                .with("customer", Json.text(customer, "email").orElse(World.id(customer)))
                .with("back", session.path("return_url").asText("/"))
                .with(
                        "card",
                        works.portal.subscriptions(session).stream()
                                .filter(it -> !it.hasNonNull("ended_at"))
                                .findFirst()
                                .flatMap(works.cards::of)
                                .or(() -> works.cards.of(Json.object().put("customer", World.id(customer))))
                                .map(PortalPage::card)
                                .orElse("none"))
                .with(
                        "subscriptions",
                        works.portal.subscriptions(session).reversed().stream()
                                .map(it -> subscription(it, id))
                                .collect(Html.joined()))
                .with(
                        "invoices",
                        works.portal.invoices(session).stream()
                                .map(it -> invoice(it, id))
                                .collect(Html.joined()))
                .framed("Your subscription");
    }

    static String card(ObjectNode method) {
        String type = method.path("type").asText();
        return (type.equals("card") ? "card" : "bank account") + " ending in "
                + method.path(type).path("last4").asText();
    }

    private static Html subscription(ObjectNode subscription, String session) {
        ObjectNode item = Starting.items(subscription).getFirst();
        return Html.template("portal-subscription.html")
                .with("price", Words.price(item.path("price")))
                .with("status", subscription.path("status").asText())
                .with("term", term(subscription))
                .with("action", action(subscription, session));
    }

    private static String term(ObjectNode subscription) {
        if (subscription.hasNonNull("ended_at")) {
            return "Ended on " + Words.day(subscription.path("ended_at").asLong());
        }
        return subscription.hasNonNull("cancel_at")
                ? "Ends on " + Words.day(subscription.path("cancel_at").asLong())
                : "Renews on " + Words.day(Starting.periodEnd(subscription));
    }

    private static Html action(ObjectNode subscription, String session) {
        if (subscription.hasNonNull("ended_at")) {
            return Html.text("");
        }
        return subscription.hasNonNull("cancel_at")
                ? button(session, "undo", World.id(subscription), "Keep it after all")
                : button(session, "cancel", World.id(subscription), "Cancel at the end of the period");
    }

    private static Html invoice(ObjectNode invoice, String session) {
        String status = invoice.path("status").asText();
        boolean open = status.equals("open");
        return Html.template("portal-invoice.html")
                .with("number", invoice.path("number").asText("draft"))
                .with("day", Words.day(invoice.path("created").asLong()))
                .with(
                        "amount",
                        Words.money(
                                invoice.path("total").asLong(),
                                invoice.path("currency").asText()))
                .with("status", status)
                .with(
                        "action",
                        Optional.of(open)
                                .filter(it -> it)
                                .map(it -> button(session, "pay", World.id(invoice), "Pay now"))
                                .orElse(Html.text("")));
    }

    private static Html button(String session, String action, String subject, String says) {
        return Html.template("portal-button.html")
                .with("id", session)
                .with("action", action)
                .with("subject", subject)
                .with("says", says);
    }
}
