package dev.gatefold.sandbox.stripe.http;

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

/** Shorthands for JSON trees. */
public final class SandboxJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SandboxJson() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static JsonNode of(Object value) {
        return MAPPER.valueToTree(value);
    }

    public static JsonNode parse(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /** Returns indented JSON, as Stripe sends it. */
    public static String pretty(JsonNode node) {
        return node.toPrettyString();
    }

    public static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.path(name).asText(null));
    }

    public static Stream<JsonNode> stream(JsonNode array) {
        Iterator<JsonNode> elements = array.elements();
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(elements, 0), false);
    }

    public static ObjectNode child(ObjectNode node, String name) {
        return node.withObject("/" + name);
    }

    public static String resource(String name) {
        try (InputStream file = SandboxJson.class.getResourceAsStream("/sandbox/stripe/" + name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
