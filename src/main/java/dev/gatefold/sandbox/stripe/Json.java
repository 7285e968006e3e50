package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** JSON in short. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static JsonNode of(Object value) {
        return MAPPER.valueToTree(value);
    }

    static JsonNode parse(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /** Over several lines, as Stripe writes it. */
    static String pretty(JsonNode node) {
        return node.toPrettyString();
    }

    static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.path(name).asText(null));
    }

    static Stream<JsonNode> stream(JsonNode array) {
        Iterator<JsonNode> elements = array.elements();
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(elements, 0), false);
    }

    static ObjectNode child(ObjectNode node, String name) {
        return node.withObject("/" + name);
    }

    static String resource(String name) {
        try (InputStream file = Json.class.getResourceAsStream("/sandbox/stripe/" + name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
