package dev.gatefold.sandbox.stripe.state;

import com.fasterxml.jackson.databind.JsonNode;

/** A response; {@code replayed} if it was stored by an earlier request. */
public record SandboxIdempotentReply(int status, JsonNode body, boolean replayed) {}
