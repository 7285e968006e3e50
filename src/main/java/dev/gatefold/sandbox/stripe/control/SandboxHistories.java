package dev.gatefold.sandbox.stripe.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.api.SandboxComponents;
import dev.gatefold.sandbox.stripe.billing.SandboxInvoices;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethodBehavior;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gives a customer a subscription that began in the past. The steps of a history run in order, each at its own instant, and
 * renewals, retries and trial ends between them happen at theirs. The objects and events are those that the same actions
 * would have caused at the time. The caller holds the lock of the state.
 */
final class SandboxHistories {
    private final SandboxState state;
    private final SandboxComponents components;
    private final SandboxSubscriptionActions actions;

    SandboxHistories(SandboxState state, SandboxComponents components) {
        this.state = state;
        this.components = components;
        this.actions = new SandboxSubscriptionActions(state, components);
    }

    /**
     * Replaces the subscription of a customer, who is identified by the metadata and created if necessary. Earlier
     * subscriptions end, their open invoices are voided, and the default payment method is removed.
     *
     * @param history {@code customer} with {@code email}, {@code name} and {@code metadata}, and {@code steps}, each with
     *     {@code at}, {@code action} and the arguments of the action; the first one is {@code checkout}
     * @return the subscription, or the customer if there are no steps
     */
    ObjectNode replace(JsonNode history) {
        JsonNode profile = history.path("customer");
        ObjectNode customer = find(profile.path("metadata")).orElseGet(() -> create(profile));
        subscriptions(customer).forEach(this::end);
        components.events.updateAndEmit(
                "customer.updated",
                customer,
                () -> SandboxJson.child(customer, "invoice_settings").putNull("default_payment_method"));
        Optional<ObjectNode> subscription = Optional.empty();
        for (JsonNode step : history.path("steps")) {
            components.lifecycle.runDue(Instant.parse(step.path("at").asText()));
            subscription = Optional.of(perform(step, customer, subscription));
        }
        components.lifecycle.runDue(state.clockInstant());
        return subscription.orElse(customer);
    }

    private Optional<ObjectNode> find(JsonNode metadata) {
        return state.all("customer").stream()
                .filter(it -> !metadata.isEmpty() && it.path("metadata").equals(metadata))
                .findFirst();
    }

    private ObjectNode create(JsonNode profile) {
        return components.customers.create(new SandboxForm(profile.deepCopy()));
    }

    private Stream<ObjectNode> subscriptions(ObjectNode customer) {
        return List.copyOf(state.all("subscription")).stream()
                .filter(it -> it.path("customer").equals(customer.get("id")));
    }

    private void end(ObjectNode subscription) {
        String id = SandboxState.id(subscription);
        List<ObjectNode> invoices = state.all("invoice").stream()
                .filter(it -> SandboxInvoices.subscriptionId(it).equals(id))
                .toList();
        // Stripe refuses to void an invoice while its bank debit is processing
        invoices.stream()
                .flatMap(it -> components.invoices.paymentIntent(it).stream())
                .filter(it -> it.path("status").asText().equals("processing"))
                .forEach(it -> components.collection.settleDebit(it, false));
        if (!subscription.hasNonNull("ended_at")) {
            var _ = actions.perform(id, "cancel", SandboxJson.object());
        }
        invoices.stream()
                .filter(it -> it.path("status").asText().equals("open"))
                .forEach(it -> components.invoiceActions.voidInvoice(
                        request("invoices", SandboxState.id(it), SandboxJson.object())));
    }

    private ObjectNode perform(JsonNode step, ObjectNode customer, Optional<ObjectNode> subscription) {
        String action = step.path("action").asText();
        if (action.equals("checkout")) {
            return subscribe(step, customer);
        }
        ObjectNode current =
                subscription.orElseThrow(() -> SandboxApiError.of(400, "The first step of a history is a checkout."));
        return switch (action) {
            case "card" -> {
                var _ = components.paymentMethods.replaceDefault(customer, behavior(step));
                yield current;
            }
            case "update" ->
                components.subscriptionUpdates.apply(
                        current, SandboxForm.decode(step.path("form").asText()));
            default -> actions.perform(SandboxState.id(current), action, step);
        };
    }

    /** Buys a price by its lookup key. The form has additional parameters of the Checkout session. */
    private ObjectNode subscribe(JsonNode step, ObjectNode customer) {
        ObjectNode form = SandboxForm.decode(step.path("form").asText()).fields();
        form.put("mode", "subscription").put("customer", SandboxState.id(customer));
        form.put("success_url", "/").put("client_reference_id", reference(customer));
        form.set("metadata", customer.get("metadata").deepCopy());
        SandboxJson.child(form, "subscription_data")
                .set("metadata", customer.get("metadata").deepCopy());
        SandboxJson.child(SandboxJson.child(form, "line_items"), "0")
                .put("price", price(step.path("price").asText()));
        ObjectNode session = components.checkoutSessions.create(request("checkout", "sessions", form));
        var _ = components.checkoutActions.complete(SandboxState.id(session), behavior(step));
        return state.require("subscription", session.path("subscription").asText());
    }

    private static String reference(ObjectNode customer) {
        return customer.path("metadata").properties().stream()
                .findFirst()
                .map(Map.Entry::getValue)
                .map(JsonNode::asText)
                .orElse("");
    }

    private String price(String lookupKey) {
        return state.all("price").stream()
                .filter(it -> it.path("lookup_key").asText().equals(lookupKey))
                .findFirst()
                .map(SandboxState::id)
                .orElseThrow(() -> SandboxApiError.resourceMissing("price", lookupKey, "price"));
    }

    private static SandboxPaymentMethodBehavior behavior(JsonNode step) {
        return SandboxPaymentMethodBehavior.valueOf(step.path("card").asText(SandboxPaymentMethodBehavior.GOOD.name()));
    }

    private static SandboxApiRequest request(String first, String second, ObjectNode form) {
        return new SandboxApiRequest("POST", List.of(first, second), new SandboxForm(form), null, null);
    }
}
