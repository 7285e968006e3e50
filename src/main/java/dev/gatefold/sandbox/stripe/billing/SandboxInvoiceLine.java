package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A line of an invoice. The amount is in cents, and negative for a credit; the period is in epoch seconds. */
record SandboxInvoiceLine(long amount, String description, ObjectNode item, long from, long until) {
    boolean proration() {
        return description.endsWith(" time");
    }
}
