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

/** What can be made to happen to a subscription: what banks do, and for the console what the API does. */
final class SandboxSubscriptionActions {
    private final SandboxState world;
    private final SandboxComponents works;

    SandboxSubscriptionActions(SandboxState world, SandboxComponents works) {
        this.world = world;
        this.works = works;
    }

    ObjectNode perform(String id, String action, JsonNode body) {
        ObjectNode subscription = world.require("subscription", id);
        return switch (action) {
            case "dispute" -> works.disputes.open(lastCharge(subscription));
            case "inquiry" -> works.disputes.inquire(lastCharge(subscription));
            case "win-dispute" -> works.disputes.win(works.disputes.pending(charges(subscription)));
            case "lose-dispute" -> works.disputes.lose(works.disputes.pending(charges(subscription)));
            case "settle-delayed" -> settle(subscription, body.path("succeeds").asBoolean(true));
            case "mark-unpaid" -> markUnpaid(subscription);
            case "pay" -> pay(subscription);
            case "refund" -> call(lastCharge(subscription), "charge", works.refunds::create);
            case "cancel" -> call(subscription, "", works.subscriptions::cancel);
            case "resume" -> call(subscription, "", works.subscriptions::resume);
            case "cancel-at-period-end" -> update(subscription, "cancel_at_period_end=true");
            case "undo-cancellation" -> update(subscription, "cancel_at_period_end=false");
            case "end-trial" -> update(subscription, "trial_end=now");
            default -> throw SandboxApiError.of(404, "No such action: " + action);
        };
    }

    private ObjectNode call(ObjectNode object, String param, Function<SandboxApiRequest, ObjectNode> verb) {
        String form = param.isEmpty() ? "" : param + "=" + SandboxState.id(object);
        return verb.apply(new SandboxApiRequest(
                "POST", List.of("", SandboxState.id(object)), SandboxForm.decode(form), null, null));
    }

    private ObjectNode update(ObjectNode subscription, String form) {
        return works.subscriptionUpdates.apply(subscription, SandboxForm.decode(form));
    }

    private ObjectNode settle(ObjectNode subscription, boolean succeeds) {
        ObjectNode intent = invoices(subscription).stream()
                .flatMap(it -> works.invoices.paymentIntent(it).stream())
                .filter(it -> it.path("status").asText().equals("processing"))
                .findFirst()
                .orElseThrow(() -> SandboxApiError.of(400, "No payment is under way."));
        works.collection.settleDebit(intent, succeeds);
        return subscription;
    }

    private ObjectNode markUnpaid(ObjectNode subscription) {
        if (subscription.hasNonNull("ended_at")) {
            throw SandboxApiError.of(400, "This subscription has ended.");
        }
        invoices(subscription).stream()
                .filter(it -> it.path("status").asText().equals("open"))
                .forEach(it -> it.put("auto_advance", false).putNull("next_payment_attempt"));
        works.collection.setStatus(subscription, "unpaid");
        return subscription;
    }

    private ObjectNode pay(ObjectNode subscription) {
        works.invoicePayer.pay(
                world.require("invoice", subscription.path("latest_invoice").asText()), Optional.empty());
        return subscription;
    }

    private List<ObjectNode> invoices(ObjectNode subscription) {
        return world.all("invoice").stream()
                .filter(it -> SandboxInvoices.subscriptionId(it).equals(SandboxState.id(subscription)))
                .toList();
    }

    private List<ObjectNode> charges(ObjectNode subscription) {
        return invoices(subscription).stream()
                .flatMap(it -> works.invoices.paymentIntent(it).stream())
                .flatMap(it -> world.find("charge", it.path("latest_charge").asText()).stream())
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
