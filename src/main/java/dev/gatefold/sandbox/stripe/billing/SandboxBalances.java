package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.util.Optional;

/** The balances of customers in minor units: negative for a credit, which the next invoices use. */
public final class SandboxBalances {
    private final SandboxState state;
    private final SandboxEvents events;

    public SandboxBalances(SandboxState state, SandboxEvents events) {
        this.state = state;
        this.events = events;
    }

    /** Sets the amounts of an invoice that depend on the balance. The balance itself does not change. */
    static void preview(ObjectNode invoice, ObjectNode customer) {
        long balance = customer.path("balance").asLong();
        long due = Math.max(0, invoice.path("total").asLong() + balance);
        invoice.put("starting_balance", balance).put("amount_due", due).put("amount_remaining", due);
    }

    /** Returns the balance after the invoice. */
    static long endingBalance(ObjectNode invoice) {
        return Math.min(
                0,
                invoice.path("total").asLong()
                        + invoice.path("starting_balance").asLong());
    }

    /** Uses the balance for an invoice that is finalized. */
    void applyTo(ObjectNode invoice) {
        Optional<ObjectNode> customer = customer(invoice);
        customer.ifPresent(it -> preview(invoice, it));
        long ending = endingBalance(invoice);
        invoice.put("ending_balance", ending);
        long change = ending - invoice.path("starting_balance").asLong();
        customer.filter(it -> change != 0)
                .ifPresent(it -> add(it, change, "applied_to_invoice").put("invoice", SandboxState.id(invoice)));
    }

    /** Returns the balance that a voided invoice has used. */
    void unapply(ObjectNode invoice) {
        long used = invoice.path("starting_balance").asLong()
                - invoice.path("ending_balance").asLong();
        customer(invoice)
                .filter(it -> used != 0)
                .ifPresent(it -> add(it, used, "unapplied_from_invoice").put("invoice", SandboxState.id(invoice)));
    }

    private Optional<ObjectNode> customer(ObjectNode invoice) {
        return state.find("customer", invoice.path("customer").asText())
                .filter(it -> !it.path("deleted").asBoolean());
    }

    /** Changes the balance, and returns the transaction. */
    public ObjectNode add(ObjectNode customer, long amount, String type) {
        ObjectNode transaction = state.create("customer_balance_transaction");
        events.updateAndEmit(
                "customer.updated",
                customer,
                () -> customer.put("balance", customer.path("balance").asLong() + amount));
        transaction
                .put("amount", amount)
                .put("customer", SandboxState.id(customer))
                .put("type", type);
        transaction.set("currency", customer.get("currency"));
        transaction.set("ending_balance", customer.get("balance"));
        return transaction;
    }
}
