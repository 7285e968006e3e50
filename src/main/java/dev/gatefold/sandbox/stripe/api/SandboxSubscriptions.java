package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethods;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionBilling;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionEndings;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionUpdates;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxLists;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Subscriptions as the API asks for them. */
public final class SandboxSubscriptions {
    private static final long DAY = 24 * 60 * 60;

    private final SandboxState world;
    private final SandboxPaymentMethods cards;
    private final SandboxSubscriptionBilling starting;
    private final SandboxSubscriptionUpdates changes;
    private final SandboxSubscriptionEndings endings;

    SandboxSubscriptions(
            SandboxState world,
            SandboxPaymentMethods cards,
            SandboxSubscriptionBilling starting,
            SandboxSubscriptionUpdates changes,
            SandboxSubscriptionEndings endings) {
        this.world = world;
        this.cards = cards;
        this.starting = starting;
        this.changes = changes;
        this.endings = endings;
    }

    ObjectNode list(SandboxApiRequest call) {
        SandboxForm form = call.form();
        Optional<String> price = form.text("price");
        return SandboxLists.page(
                call,
                world.all("subscription"),
                SandboxLists.matching(form, "customer", "collection_method")
                        .and(status(form.text("status").orElse("")))
                        .and(it -> price.isEmpty()
                                || SandboxSubscriptionBilling.items(it).stream()
                                        .anyMatch(item -> item.path("price")
                                                .path("id")
                                                .asText()
                                                .equals(price.get()))));
    }

    private static Predicate<ObjectNode> status(String wanted) {
        return subscription -> {
            String status = subscription.path("status").asText();
            boolean ended = subscription.hasNonNull("ended_at");
            return switch (wanted) {
                case "all" -> true;
                case "" -> !ended;
                case "ended" -> ended;
                default -> status.equals(wanted);
            };
        };
    }

    ObjectNode create(SandboxApiRequest call) {
        SandboxForm form = call.form();
        ObjectNode customer = customer(form.required("customer"));
        List<SandboxSubscriptionBilling.RequestedItem> items = form.children("items").stream()
                .map(it -> new SandboxSubscriptionBilling.RequestedItem(
                        price(it.required("price")), it.number("quantity").orElse(1L)))
                .toList();
        if (items.isEmpty()) {
            throw SandboxApiError.missingParam("items");
        }
        Optional<String> method = form.text("default_payment_method").map(it -> cards.resolve(customer, it));
        Optional<Long> trialEnd = trialEnd(form, 0);
        String behaviour = form.text("payment_behavior").orElse("allow_incomplete");
        boolean later = behaviour.equals("default_incomplete");
        if (trialEnd.isEmpty() && !later) {
            mustBeAbleToPay(customer, method, behaviour);
        }
        ObjectNode subscription = starting.create(
                new SandboxSubscriptionBilling.SubscriptionTerms(customer, items, trialEnd, method, form, later));
        changes.apply(subscription, form.only("cancel_at", "cancel_at_period_end"));
        return subscription;
    }

    private void mustBeAbleToPay(ObjectNode customer, Optional<String> method, String behaviour) {
        ObjectNode probe = SandboxJson.object().put("customer", SandboxState.id(customer));
        method.ifPresent(it -> probe.put("default_payment_method", it));
        ObjectNode card = cards.forSubscription(probe)
                .orElseThrow(() -> SandboxApiError.of(
                                400, "This customer has no attached payment source or default payment method.")
                        .with("code", "resource_missing"));
        if (behaviour.equals("error_if_incomplete")
                && cards.behaviorOf(card) == SandboxPaymentMethods.PaymentMethodBehavior.DECLINES) {
            throw SandboxApiError.cardDeclined();
        }
    }

    public ObjectNode customer(String id) {
        return world.find("customer", id)
                .filter(it -> !it.path("deleted").asBoolean())
                .orElseThrow(() -> SandboxApiError.resourceMissing("customer", id, "customer"));
    }

    ObjectNode price(String id) {
        ObjectNode price =
                world.find("price", id).orElseThrow(() -> SandboxApiError.resourceMissing("price", id, "price"));
        if (!price.path("active").asBoolean()) {
            throw SandboxApiError.invalidParam(
                    "price", "The price specified is inactive. This field only accepts active prices.");
        }
        return price;
    }

    /** Until when a new subscription is free, if so; Checkout wants two days at least. */
    Optional<Long> trialEnd(SandboxForm form, long leastDays) {
        if (form.text("trial_end").filter("now"::equals).isPresent()) {
            return Optional.empty();
        }
        Optional<Long> end = form.number("trial_end");
        Optional<Long> days = form.number("trial_period_days");
        if (end.isPresent() && days.isPresent()) {
            throw SandboxApiError.invalidParam("trial_end", "You cannot set both `trial_end` and `trial_period_days`.");
        }
        if (end.isPresent() && end.get() <= world.nowEpochSeconds()) {
            throw SandboxApiError.invalidParam(
                    "trial_end", "Invalid timestamp: must be an integer Unix timestamp in the future.");
        }
        if (end.isPresent() && end.get() < world.nowEpochSeconds() + leastDays * DAY) {
            throw SandboxApiError.invalidParam(
                    "subscription_data[trial_end]", "The `trial_end` date has to be at least 2 days in the future.");
        }
        return end.or(() -> days.filter(it -> it > 0).map(it -> world.nowEpochSeconds() + it * DAY));
    }

    ObjectNode update(SandboxApiRequest call) {
        return changes.apply(world.require("subscription", call.id()), call.form());
    }

    public ObjectNode cancel(SandboxApiRequest call) {
        ObjectNode subscription = world.require("subscription", call.id());
        if (subscription.hasNonNull("ended_at")) {
            throw SandboxApiError.resourceMissing("subscription", call.id(), "id");
        }
        call.form()
                .child("cancellation_details")
                .copy(SandboxJson.child(subscription, "cancellation_details"), "comment", "feedback");
        endings.cancel(subscription, "cancellation_requested");
        return subscription;
    }

    /** Of a trial that ended without a card: the first period begins, and has to be paid. */
    public ObjectNode resume(SandboxApiRequest call) {
        ObjectNode subscription = world.require("subscription", call.id());
        if (!subscription.path("status").asText().equals("paused")) {
            throw SandboxApiError.of(400, "You can only resume a subscription that is paused.");
        }
        if (call.form().text("billing_cycle_anchor").filter("unchanged"::equals).isPresent()) {
            starting.setPeriodFrom(subscription, world.nowEpochSeconds());
        } else {
            starting.restartBillingPeriods(subscription);
        }
        starting.finalizeAndCollect(starting.draft(subscription, "subscription_update"), false);
        return subscription;
    }

    ObjectNode items(SandboxApiRequest call) {
        ObjectNode subscription = world.find("subscription", call.form().required("subscription"))
                .orElseThrow(() -> SandboxApiError.resourceMissing(
                        "subscription", call.form().required("subscription"), "subscription"));
        List<ObjectNode> oldestFirst = SandboxSubscriptionBilling.items(subscription);
        return SandboxLists.page(call, oldestFirst.reversed(), any -> true);
    }
}
