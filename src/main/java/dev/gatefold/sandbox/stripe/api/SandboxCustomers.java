package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.billing.SandboxBalances;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethods;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionEndings;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxLists;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;

/** The API of customers. */
public final class SandboxCustomers {
    private final SandboxState state;
    private final SandboxEvents events;
    private final SandboxPaymentMethods paymentMethods;
    private final SandboxSubscriptionEndings endings;
    private final SandboxBalances balances;

    SandboxCustomers(
            SandboxState state,
            SandboxEvents events,
            SandboxPaymentMethods paymentMethods,
            SandboxSubscriptionEndings endings) {
        this.state = state;
        this.events = events;
        this.paymentMethods = paymentMethods;
        this.endings = endings;
        this.balances = new SandboxBalances(state, events);
    }

    ObjectNode create(SandboxApiRequest request) {
        return create(request.form());
    }

    public ObjectNode create(SandboxForm form) {
        ObjectNode customer = state.create("customer");
        set(customer, form);
        events.emit("customer.created", customer);
        form.text("payment_method").ifPresent(id -> paymentMethods.resolve(customer, id));
        return customer;
    }

    ObjectNode update(SandboxApiRequest request) {
        ObjectNode customer = requireExisting(request.id());
        events.updateAndEmit("customer.updated", customer, () -> set(customer, request.form()));
        request.form()
                .number("balance")
                .map(it -> it - customer.path("balance").asLong())
                .filter(change -> change != 0)
                .ifPresent(change -> balances.add(customer, change, "adjustment"));
        return customer;
    }

    /** Handles {@code POST /v1/customers/ID/balance_transactions}; a negative amount is a credit. */
    ObjectNode createBalanceTransaction(SandboxApiRequest request) {
        ObjectNode customer = requireExisting(request.id());
        customer.put("currency", request.form().required("currency"));
        long amount = request.form().number("amount").orElseThrow(() -> SandboxApiError.missingParam("amount"));
        ObjectNode transaction = balances.add(customer, amount, "adjustment");
        request.form().copy(transaction, "description");
        return transaction;
    }

    ObjectNode listBalanceTransactions(SandboxApiRequest request) {
        return SandboxLists.page(
                request,
                state.all("customer_balance_transaction"),
                it -> it.path("customer").asText().equals(request.id()));
    }

    ObjectNode listPaymentMethods(SandboxApiRequest request) {
        String customer = SandboxState.id(requireExisting(request.id()));
        return SandboxLists.page(
                request,
                state.all("payment_method"),
                SandboxLists.matching(request.form(), "type")
                        .and(it -> it.path("customer").asText().equals(customer)));
    }

    private void set(ObjectNode customer, SandboxForm form) {
        form.copy(customer, "email", "name", "description", "phone");
        form.copyMetadata(customer);
        form.child("invoice_settings")
                .text("default_payment_method")
                .map(id -> paymentMethods.resolve(customer, id))
                .ifPresent(id -> SandboxJson.child(customer, "invoice_settings").put("default_payment_method", id));
    }

    private ObjectNode requireExisting(String id) {
        ObjectNode customer = state.require("customer", id);
        if (customer.path("deleted").asBoolean()) {
            throw SandboxApiError.resourceMissing("customer", id, "id");
        }
        return customer;
    }

    ObjectNode list(SandboxApiRequest request) {
        return SandboxLists.page(
                request,
                state.all("customer"),
                SandboxLists.matching(request.form(), "email")
                        .and(it -> !it.path("deleted").asBoolean()));
    }

    /** Deletes the customer and cancels their subscriptions. Only the id and {@code deleted: true} remain. */
    ObjectNode delete(SandboxApiRequest request) {
        ObjectNode customer = requireExisting(request.id());
        state.all("subscription").stream()
                .filter(it -> it.path("customer").asText().equals(SandboxState.id(customer)))
                .filter(it -> !it.hasNonNull("ended_at"))
                .forEach(it -> endings.cancel(it, "cancellation_requested"));
        events.emit("customer.deleted", customer);
        ObjectNode deleted = SandboxJson.object();
        deleted.put("id", SandboxState.id(customer)).put("object", "customer").put("deleted", true);
        state.put(deleted);
        return deleted;
    }
}
