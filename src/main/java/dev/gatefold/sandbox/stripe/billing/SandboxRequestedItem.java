package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A price with its quantity, as requested. */
public record SandboxRequestedItem(ObjectNode price, long quantity) {}
