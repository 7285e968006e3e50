package dev.gatefold.access.decide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** What the service has answered. */
final class ResponseJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ResponseJson() {}

    static JsonNode parse(byte[] answer) {
        try {
            return JSON.readTree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Null where there is none. */
    static Instant instantOrNull(JsonNode node) {
        return node.isTextual() ? Instant.parse(node.textValue()) : null;
    }
}
