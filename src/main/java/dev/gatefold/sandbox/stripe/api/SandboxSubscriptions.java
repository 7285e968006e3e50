package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethodBehavior;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethods;
import dev.gatefold.sandbox.stripe.billing.SandboxRequestedItem;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionBilling;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionEndings;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionTerms;
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

/** The API of subscriptions. */
public final class SandboxSubscriptions {
    private static final long DAY_SECONDS = 24 * 60 * 60;
    private static final int ALL_PERCENT = 100;

    private final SandboxState state;
    private final SandboxPaymentMethods paymentMethods;
    private final SandboxSubscriptionBilling billing;
    private final SandboxSubscriptionUpdates updates;
    private final SandboxSubscriptionEndings endings;

    SandboxSubscriptions(
            SandboxState state,
            SandboxPaymentMethods paymentMethods,
            SandboxSubscriptionBilling billing,
            SandboxSubscriptionUpdates updates,
            SandboxSubscriptionEndings endings) {
        this.state = state;
        this.paymentMethods = paymentMethods;
        this.billing = billing;
        this.updates = updates;
        this.endings = endings;
    }

    ObjectNode list(SandboxApiRequest request) {
        SandboxForm form = request.form();
        Optional<String> price = form.text("price");
        return SandboxLists.page(
                request,
                state.all("subscription"),
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

    ObjectNode create(SandboxApiRequest request) {
        SandboxForm form = request.form();
        ObjectNode customer = customer(form.required("customer"));
        List<SandboxRequestedItem> items = form.children("items").stream()
                .map(it -> new SandboxRequestedItem(
                        price(it.required("price")), it.number("quantity").orElse(1L)))
                .toList();
        if (items.isEmpty()) {
            throw SandboxApiError.missingParam("items");
        }
        Optional<String> method = form.text("default_payment_method").map(it -> paymentMethods.resolve(customer, it));
        Optional<Long> trialEnd = trialEnd(form, 0);
        String behavior = form.text("payment_behavior").orElse("allow_incomplete");
        boolean deferPayment = behavior.equals("default_incomplete");
        if (trialEnd.isEmpty()
                && !deferPayment
                && !isFree(form)
                && !form.text("collection_method")
                        .filter("send_invoice"::equals)
                        .isPresent()) {
            requireUsablePaymentMethod(customer, method, behavior);
        }
        ObjectNode subscription =
                billing.create(new SandboxSubscriptionTerms(customer, items, trialEnd, method, form, deferPayment));
        updates.apply(subscription, form.only("cancel_at", "cancel_at_period_end"));
        return subscription;
    }

    private boolean isFree(SandboxForm form) {
        return form.children("discounts").stream()
                .flatMap(it -> it.text("coupon").stream())
                .flatMap(it -> state.find("coupon", it).stream())
                .anyMatch(it -> it.path("percent_off").asInt() == ALL_PERCENT);
    }

    private void requireUsablePaymentMethod(ObjectNode customer, Optional<String> method, String behavior) {
        ObjectNode probe = SandboxJson.object().put("customer", SandboxState.id(customer));
        method.ifPresent(it -> probe.put("default_payment_method", it));
        ObjectNode card = paymentMethods
                .forSubscription(probe)
                .orElseThrow(() -> SandboxApiError.of(
                                400, "This customer has no attached payment source or default payment method.")
                        .with("code", "resource_missing"));
        if (behavior.equals("error_if_incomplete")
                && paymentMethods.behaviorOf(card) == SandboxPaymentMethodBehavior.DECLINES) {
            throw SandboxApiError.cardDeclined();
        }
    }

    public ObjectNode customer(String id) {
        return state.find("customer", id)
                .filter(it -> !it.path("deleted").asBoolean())
                .orElseThrow(() -> SandboxApiError.resourceMissing("customer", id, "customer"));
    }

    ObjectNode price(String id) {
        ObjectNode price =
                state.find("price", id).orElseThrow(() -> SandboxApiError.resourceMissing("price", id, "price"));
        if (!price.path("active").asBoolean()) {
            throw SandboxApiError.invalidParam(
                    "price", "The price specified is inactive. This field only accepts active prices.");
        }
        return price;
    }

    /**
     * Returns the end of the trial in epoch seconds, if one is requested.
     *
     * @param minDays shortest possible trial; Checkout accepts no trial of less than 2 days
     */
    Optional<Long> trialEnd(SandboxForm form, long minDays) {
        if (form.text("trial_end").filter("now"::equals).isPresent()) {
            return Optional.empty();
        }
        Optional<Long> end = form.number("trial_end");
        Optional<Long> days = form.number("trial_period_days");
        if (end.isPresent() && days.isPresent()) {
            throw SandboxApiError.invalidParam("trial_end", "You cannot set both `trial_end` and `trial_period_days`.");
        }
        if (end.isPresent() && end.get() <= state.nowEpochSeconds()) {
            throw SandboxApiError.invalidParam(
                    "trial_end", "Invalid timestamp: must be an integer Unix timestamp in the future.");
        }
        if (end.isPresent() && end.get() < state.nowEpochSeconds() + minDays * DAY_SECONDS) {
            throw SandboxApiError.invalidParam(
                    "subscription_data[trial_end]", "The `trial_end` date has to be at least 2 days in the future.");
        }
        return end.or(() -> days.filter(it -> it > 0).map(it -> state.nowEpochSeconds() + it * DAY_SECONDS));
    }

    ObjectNode update(SandboxApiRequest request) {
        return updates.apply(state.require("subscription", request.id()), request.form());
    }

    public ObjectNode cancel(SandboxApiRequest request) {
        ObjectNode subscription = state.require("subscription", request.id());
        if (subscription.hasNonNull("ended_at")) {
            throw SandboxApiError.resourceMissing("subscription", request.id(), "id");
        }
        request.form()
                .child("cancellation_details")
                .copy(SandboxJson.child(subscription, "cancellation_details"), "comment", "feedback");
        endings.cancel(subscription, "cancellation_requested");
        return subscription;
    }

    /** Resumes a subscription whose trial ended without a payment method: starts the first period and collects it. */
    public ObjectNode resume(SandboxApiRequest request) {
        ObjectNode subscription = state.require("subscription", request.id());
        if (!subscription.path("status").asText().equals("paused")) {
            throw SandboxApiError.of(400, "You can only resume a subscription that is paused.");
        }
        requireUsablePaymentMethod(
                state.require("customer", subscription.path("customer").asText()),
                SandboxJson.text(subscription, "default_payment_method"),
                "");
        if (request.form()
                .text("billing_cycle_anchor")
                .filter("unchanged"::equals)
                .isPresent()) {
            billing.setPeriodFrom(subscription, state.nowEpochSeconds());
        } else {
            billing.restartBillingPeriods(subscription);
        }
        billing.finalizeAndCollect(billing.draft(subscription, "subscription_update"), false);
        return subscription;
    }

    ObjectNode items(SandboxApiRequest request) {
        ObjectNode subscription = state.find("subscription", request.form().required("subscription"))
                .orElseThrow(() -> SandboxApiError.resourceMissing(
                        "subscription", request.form().required("subscription"), "subscription"));
        List<ObjectNode> oldestFirst = SandboxSubscriptionBilling.items(subscription);
        return SandboxLists.page(request, oldestFirst.reversed(), any -> true);
    }
}
