package dev.gatefold.sandbox.stripe.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.state.SandboxState;

/** Messages about the last action, which the page of an object shows once. */
final class SandboxMessages {
    private static final String MESSAGE = "message";

    private SandboxMessages() {}

    static void put(SandboxState state, ObjectNode object, String message) {
        state.internalData(object).put(MESSAGE, message);
    }

    /** Returns and removes the message, as HTML. */
    static SandboxHtml take(SandboxState state, ObjectNode object) {
        JsonNode message = state.internalData(object).remove(MESSAGE);
        return message == null
                ? SandboxHtml.text("")
                : new SandboxHtml("<p class=\"message\" role=\"status\">{{message}}</p>")
                        .with(MESSAGE, message.asText());
    }
}
