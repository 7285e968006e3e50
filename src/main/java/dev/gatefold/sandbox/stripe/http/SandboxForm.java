package dev.gatefold.sandbox.stripe.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Request parameters in Stripe's form encoding of trees: {@code items[0][price]=x}, {@code expand[]=y}. An empty value unsets
 * a field.
 */
public record SandboxForm(ObjectNode fields) {
    private static final int MAX_DEPTH = 8;

    /** Decodes a query or a form body; null is an empty form. */
    public static SandboxForm decode(String encoded) {
        ObjectNode fields = SandboxJson.object();
        if (encoded != null && !encoded.isEmpty()) {
            for (String pair : encoded.split("&")) {
                String[] parts = pair.split("=", 2);
                set(fields, path(decoded(parts[0])), parts.length == 2 ? decoded(parts[1]) : "");
            }
        }
        return new SandboxForm(fields);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw SandboxApiError.of(400, "Invalid encoding: " + text);
        }
    }

    private static List<String> path(String name) {
        return Stream.of(name.replace("]", "").split("\\[", -1)).toList();
    }

    private static void set(ObjectNode fields, List<String> path, String value) {
        if (path.size() > MAX_DEPTH) {
            throw SandboxApiError.of(400, "Parameters may not be nested so deeply.");
        }
        ObjectNode at = fields;
        for (int i = 0; i < path.size() - 1; i++) {
            String name = path.get(i).isEmpty() ? String.valueOf(at.size()) : path.get(i);
            at = at.get(name) instanceof ObjectNode known ? known : at.putObject(name);
        }
        at.put(path.getLast().isEmpty() ? String.valueOf(at.size()) : path.getLast(), value);
    }

    public boolean has(String name) {
        return fields.has(name);
    }

    /** Returns the value, unless it is missing or empty. */
    public Optional<String> text(String name) {
        return SandboxJson.text(fields, name).filter(it -> !it.isEmpty());
    }

    public String required(String name) {
        return text(name).orElseThrow(() -> SandboxApiError.missingParam(name));
    }

    public Optional<Long> number(String name) {
        return text(name).map(it -> {
            try {
                return Long.parseLong(it);
            } catch (NumberFormatException e) {
                throw SandboxApiError.invalidParam(name, "Invalid integer: " + it)
                        .with("code", "parameter_invalid_integer");
            }
        });
    }

    public Optional<Boolean> flag(String name) {
        return text(name).map(Boolean::parseBoolean);
    }

    public SandboxForm only(String... names) {
        return new SandboxForm(fields.deepCopy().retain(names));
    }

    public SandboxForm child(String name) {
        return new SandboxForm(fields.get(name) instanceof ObjectNode child ? child : SandboxJson.object());
    }

    public List<SandboxForm> children(String name) {
        return SandboxJson.stream(fields.path(name))
                .filter(ObjectNode.class::isInstance)
                .map(it -> new SandboxForm((ObjectNode) it))
                .toList();
    }

    public List<String> texts(String name) {
        return SandboxJson.stream(fields.path(name)).map(JsonNode::asText).toList();
    }

    /** Copies the named parameters to fields of the object. An empty value sets the field to null. */
    public void copy(ObjectNode object, String... names) {
        for (String name : names) {
            if (has(name)) {
                object.put(name, text(name).orElse(null));
            }
        }
    }

    /** Merges the parameter {@code metadata} into the object. An empty value removes a key. */
    public void copyMetadata(ObjectNode object) {
        if (!has("metadata")) {
            return;
        }
        ObjectNode metadata = SandboxJson.child(object, "metadata");
        if (!fields.get("metadata").isObject()) {
            metadata.removeAll();
        }
        for (var entry : child("metadata").fields.properties()) {
            if (entry.getValue().asText().isEmpty()) {
                metadata.remove(entry.getKey());
            } else {
                metadata.set(entry.getKey(), entry.getValue());
            }
        }
    }
}
