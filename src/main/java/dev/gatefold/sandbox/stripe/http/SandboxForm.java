package dev.gatefold.sandbox.stripe.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a request says, in Stripe's way of writing trees as forms: {@code items[0][price]=x}, {@code expand[]=y}.
 * Empty text unsets.
 */
public record SandboxForm(ObjectNode fields) {
    private static final int DEEPEST = 8;

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
        if (path.size() > DEEPEST) {
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

    /** Its text, unless it is not there or empty. */
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

    /** Sets an object's plain members to what is given; empty text makes them null. */
    public void copy(ObjectNode object, String... names) {
        for (String name : names) {
            if (has(name)) {
                object.put(name, text(name).orElse(null));
            }
        }
    }

    /** Adds to what an object's metadata says; an empty value takes a key away. */
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
