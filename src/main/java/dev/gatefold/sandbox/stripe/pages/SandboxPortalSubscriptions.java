package dev.gatefold.sandbox.stripe.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.api.SandboxComponents;
import dev.gatefold.sandbox.stripe.api.SandboxPortalActions;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionBilling;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The subscriptions in the billing portal: their terms, their buttons, and the plans that they can change to. */
final class SandboxPortalSubscriptions {
    private static final String NOTHING_DUE = "Nothing is due today.";

    private final SandboxState state;
    private final SandboxComponents components;

    SandboxPortalSubscriptions(SandboxState state, SandboxComponents components) {
        this.state = state;
        this.components = components;
    }

    /** Returns the terms of a subscription and its buttons. */
    SandboxHtml summary(ObjectNode session, ObjectNode subscription) {
        return section(subscription)
                .with("actions", actions(SandboxState.id(session), subscription))
                .with("plans", isChangeable(subscription) ? planList(session, subscription) : SandboxHtml.text(""));
    }

    /** Returns the page on which a subscription is canceled. */
    SandboxHtml cancellation(ObjectNode session, String id) {
        ObjectNode subscription = state.require("subscription", id);
        SandboxHtml button = subscription.hasNonNull("cancel_at") || subscription.hasNonNull("ended_at")
                ? SandboxHtml.text("")
                : SandboxPortalPage.button(SandboxState.id(session), "cancel", id, "Cancel subscription");
        return section(subscription).with("actions", button).with("plans", "");
    }

    /** Returns the page on which the plan of a subscription is changed. */
    SandboxHtml plans(ObjectNode session, String id) {
        ObjectNode subscription = state.require("subscription", id);
        return section(subscription).with("actions", "").with("plans", planList(session, subscription));
    }

    private SandboxHtml section(ObjectNode subscription) {
        JsonNode price =
                SandboxSubscriptionBilling.items(subscription).getFirst().path("price");
        return SandboxHtml.template("portal-subscription.html")
                .with("name", product(price))
                .with("price", SandboxFormats.price(price))
                .with("status", subscription.path("status").asText())
                .with("term", term(subscription));
    }

    private String product(JsonNode price) {
        return state.find(price.path("product").asText())
                .flatMap(it -> SandboxJson.text(it, "name"))
                .orElse("Subscription");
    }

    private static String term(ObjectNode subscription) {
        if (subscription.hasNonNull("ended_at")) {
            return "Ended on "
                    + SandboxFormats.day(subscription.path("ended_at").asLong());
        }
        if (subscription.hasNonNull("cancel_at")) {
            return "Ends on "
                    + SandboxFormats.day(subscription.path("cancel_at").asLong());
        }
        if (subscription.path("status").asText().equals("paused")) {
            return "Paused, because it has no payment method";
        }
        String renewal = SandboxFormats.day(SandboxSubscriptionBilling.periodEnd(subscription));
        return subscription.path("pause_collection").isObject()
                ? "Renews on " + renewal + ", payments are paused"
                : "Renews on " + renewal;
    }

    private static SandboxHtml actions(String session, ObjectNode subscription) {
        String id = SandboxState.id(subscription);
        List<SandboxHtml> buttons = new ArrayList<>();
        if (subscription.hasNonNull("ended_at")) {
            return SandboxHtml.text("");
        }
        if (subscription.path("status").asText().equals("paused")) {
            buttons.add(SandboxPortalPage.button(session, "resume", id, "Resume subscription"));
        }
        if (subscription.path("pause_collection").isObject()) {
            buttons.add(SandboxPortalPage.button(session, "resume-collection", id, "Resume payments"));
        }
        buttons.add(
                subscription.hasNonNull("cancel_at")
                        ? SandboxPortalPage.button(session, "undo", id, "Renew subscription")
                        : SandboxPortalPage.button(session, "cancel", id, "Cancel subscription"));
        return buttons.stream().collect(SandboxHtml.joined());
    }

    private static boolean isChangeable(ObjectNode subscription) {
        return switch (subscription.path("status").asText()) {
            case "active", "trialing", "past_due" ->
                SandboxSubscriptionBilling.items(subscription).size() == 1 && !subscription.hasNonNull("schedule");
            default -> false;
        };
    }

    private SandboxHtml planList(ObjectNode session, ObjectNode subscription) {
        return SandboxHtml.template("portal-plans.html")
                .with("id", SandboxState.id(session))
                .with("subject", SandboxState.id(subscription))
                .with(
                        "options",
                        otherPrices(subscription)
                                .map(it -> option(subscription, it))
                                .collect(SandboxHtml.joined()));
    }

    private Stream<ObjectNode> otherPrices(ObjectNode subscription) {
        JsonNode current =
                SandboxSubscriptionBilling.items(subscription).getFirst().path("price");
        return state.all("price").stream()
                .filter(it -> it.path("active").asBoolean())
                .filter(it -> it.path("type").asText().equals("recurring"))
                .filter(it -> it.path("currency").equals(current.path("currency")))
                .filter(it -> !it.path("id").equals(current.path("id")));
    }

    private SandboxHtml option(ObjectNode subscription, ObjectNode price) {
        return SandboxHtml.template("portal-plan.html")
                .with("price", SandboxState.id(price))
                .with("name", product(price))
                .with("amount", SandboxFormats.price(price))
                .with("due", dueToday(subscription, price));
    }

    /** Returns what the change costs today, or when it is charged if nothing is due today. */
    private String dueToday(ObjectNode subscription, ObjectNode price) {
        if (subscription.path("status").asText().equals("trialing")) {
            return NOTHING_DUE;
        }
        ObjectNode form = SandboxJson.object().put("subscription", SandboxState.id(subscription));
        form.set(
                "subscription_details",
                SandboxPortalActions.planChange(subscription, price).fields());
        try {
            ObjectNode preview = components.invoicePreview.create(new SandboxApiRequest(
                    "POST", List.of("invoices", "create_preview"), new SandboxForm(form), null, null));
            String amount = SandboxFormats.money(
                    preview.path("amount_due").asLong(),
                    preview.path("currency").asText());
            return amount + " is due today.";
        } catch (SandboxApiError e) {
            // a subscription without a next invoice has no preview
            return "";
        }
    }
}
