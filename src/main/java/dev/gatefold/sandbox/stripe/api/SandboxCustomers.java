package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethods;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionEndings;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxLists;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;

final class SandboxCustomers {
    private final SandboxState world;
    private final SandboxEvents events;
    private final SandboxPaymentMethods cards;
    private final SandboxSubscriptionEndings endings;

    SandboxCustomers(
            SandboxState world, SandboxEvents events, SandboxPaymentMethods cards, SandboxSubscriptionEndings endings) {
        this.world = world;
        this.events = events;
        this.cards = cards;
        this.endings = endings;
    }

    ObjectNode create(SandboxApiRequest call) {
        return create(call.form());
    }

    ObjectNode create(SandboxForm form) {
        ObjectNode customer = world.create("customer");
        set(customer, form);
        events.emit("customer.created", customer);
        form.text("payment_method").ifPresent(id -> cards.resolve(customer, id));
        return customer;
    }

    ObjectNode update(SandboxApiRequest call) {
        ObjectNode customer = living(call.id());
        events.updateAndEmit("customer.updated", customer, () -> set(customer, call.form()));
        return customer;
    }

    private void set(ObjectNode customer, SandboxForm form) {
        form.copy(customer, "email", "name", "description", "phone");
        form.copyMetadata(customer);
        form.child("invoice_settings")
                .text("default_payment_method")
                .map(id -> cards.resolve(customer, id))
                .ifPresent(id -> SandboxJson.child(customer, "invoice_settings").put("default_payment_method", id));
    }

    private ObjectNode living(String id) {
        ObjectNode customer = world.require("customer", id);
        if (customer.path("deleted").asBoolean()) {
            throw SandboxApiError.resourceMissing("customer", id, "id");
        }
        return customer;
    }

    ObjectNode list(SandboxApiRequest call) {
        return SandboxLists.page(
                call,
                world.all("customer"),
                SandboxLists.matching(call.form(), "email")
                        .and(it -> !it.path("deleted").asBoolean()));
    }

    /** With their subscriptions; what remains is the fact that there was somebody. */
    ObjectNode delete(SandboxApiRequest call) {
        ObjectNode customer = living(call.id());
        world.all("subscription").stream()
                .filter(it -> it.path("customer").asText().equals(SandboxState.id(customer)))
                .filter(it -> !it.hasNonNull("ended_at"))
                .forEach(it -> endings.cancel(it, "cancellation_requested"));
        events.emit("customer.deleted", customer);
        ObjectNode remains = SandboxJson.object();
        remains.put("id", SandboxState.id(customer)).put("object", "customer").put("deleted", true);
        world.put(remains);
        return remains;
    }
}
