package dev.gatefold.access.decide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Parses responses of the service. */
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

    /** Returns an instant; null if the member is missing. */
    static Instant instantOrNull(JsonNode node) {
        return node.isTextual() ? Instant.parse(node.textValue()) : null;
    }
}
