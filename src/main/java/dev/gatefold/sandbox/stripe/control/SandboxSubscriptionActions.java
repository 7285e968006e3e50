package dev.gatefold.sandbox.stripe.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.api.SandboxComponents;
import dev.gatefold.sandbox.stripe.billing.SandboxInvoices;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Actions on one subscription: those of banks, and for the console some of those that the API offers too. */
final class SandboxSubscriptionActions {
    private final SandboxState state;
    private final SandboxComponents components;

    SandboxSubscriptionActions(SandboxState state, SandboxComponents components) {
        this.state = state;
        this.components = components;
    }

    ObjectNode perform(String id, String action, JsonNode body) {
        ObjectNode subscription = state.require("subscription", id);
        return switch (action) {
            case "dispute" -> components.disputes.open(lastCharge(subscription));
            case "inquiry" -> components.disputes.inquire(lastCharge(subscription));
            case "win-dispute" -> components.disputes.win(components.disputes.pending(charges(subscription)));
            case "lose-dispute" -> components.disputes.lose(components.disputes.pending(charges(subscription)));
            case "settle-delayed" -> settle(subscription, body.path("succeeds").asBoolean(true));
            case "mark-unpaid" -> markUnpaid(subscription);
            case "pay" -> pay(subscription);
            case "refund" -> invoke(lastCharge(subscription), "charge", components.refunds::create);
            case "cancel" -> invoke(subscription, "", components.subscriptions::cancel);
            case "resume" -> invoke(subscription, "", components.subscriptions::resume);
            case "cancel-at-period-end" -> update(subscription, "cancel_at_period_end=true");
            case "undo-cancellation" -> update(subscription, "cancel_at_period_end=false");
            case "end-trial" -> update(subscription, "trial_end=now");
            default -> throw SandboxApiError.of(404, "No such action: " + action);
        };
    }

    private ObjectNode invoke(ObjectNode object, String param, Function<SandboxApiRequest, ObjectNode> verb) {
        String form = param.isEmpty() ? "" : param + "=" + SandboxState.id(object);
        return verb.apply(new SandboxApiRequest(
                "POST", List.of("", SandboxState.id(object)), SandboxForm.decode(form), null, null));
    }

    private ObjectNode update(ObjectNode subscription, String form) {
        return components.subscriptionUpdates.apply(subscription, SandboxForm.decode(form));
    }

    private ObjectNode settle(ObjectNode subscription, boolean succeeds) {
        ObjectNode intent = invoices(subscription).stream()
                .flatMap(it -> components.invoices.paymentIntent(it).stream())
                .filter(it -> it.path("status").asText().equals("processing"))
                .findFirst()
                .orElseThrow(() -> SandboxApiError.of(400, "No payment is processing."));
        components.collection.settleDebit(intent, succeeds);
        return subscription;
    }

    private ObjectNode markUnpaid(ObjectNode subscription) {
        if (subscription.hasNonNull("ended_at")) {
            throw SandboxApiError.of(400, "This subscription has ended.");
        }
        invoices(subscription).stream()
                .filter(it -> it.path("status").asText().equals("open"))
                .forEach(it -> it.put("auto_advance", false).putNull("next_payment_attempt"));
        components.collection.setStatus(subscription, "unpaid");
        return subscription;
    }

    private ObjectNode pay(ObjectNode subscription) {
        components.invoicePayer.pay(
                state.require("invoice", subscription.path("latest_invoice").asText()), Optional.empty());
        return subscription;
    }

    private List<ObjectNode> invoices(ObjectNode subscription) {
        return state.all("invoice").stream()
                .filter(it -> SandboxInvoices.subscriptionId(it).equals(SandboxState.id(subscription)))
                .toList();
    }

    private List<ObjectNode> charges(ObjectNode subscription) {
        return invoices(subscription).stream()
                .flatMap(it -> components.invoices.paymentIntent(it).stream())
                .flatMap(it -> state.find("charge", it.path("latest_charge").asText()).stream())
                .filter(it -> it.path("paid").asBoolean())
                .toList();
    }

    private ObjectNode lastCharge(ObjectNode subscription) {
        List<ObjectNode> charges = charges(subscription);
        if (charges.isEmpty()) {
            throw SandboxApiError.of(400, "Nothing has been paid yet.");
        }
        return charges.getLast();
    }
}
