package dev.gatefold.sandbox.issuer;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Decodes queries and form bodies. */
final class IssuerForms {
    private IssuerForms() {}

    /** Returns the parameters by name; of equal names the last one. */
    static Map<String, String> decode(String encoded) {
        Map<String, String> form = new LinkedHashMap<>();
        Arrays.stream(Optional.ofNullable(encoded).orElse("").split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> form.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return form;
    }
}
