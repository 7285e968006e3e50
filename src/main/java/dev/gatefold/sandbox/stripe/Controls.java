package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one may do to the sandbox that one may not do to Stripe. */
final class Controls {
    /** Takes the path after {@code /controls/} and the body, and answers. */
    interface Control {
        JsonNode turn(List<String> path, JsonNode body);
    }

    private final Map<String, Control> controls = new LinkedHashMap<>();

    /** By method and first segment of the path: {@code PUT api}. */
    void on(String what, Control control) {
        controls.put(what, control);
    }

    void handle(HttpExchange exchange) throws IOException {
        try {
            String body = Http.body(exchange);
            JsonNode said = body.isBlank() ? Json.object() : Json.parse(body);
            Http.json(exchange, 200, turn(exchange.getRequestMethod(), Http.path(exchange), said));
        } catch (Refusal refusal) {
            Http.json(exchange, refusal.status(), refusal.body());
        } catch (JsonProcessingException e) {
            Http.json(exchange, 400, Refusal.of(400, "That is not JSON.").body());
        }
    }

    JsonNode turn(String method, List<String> path, JsonNode body) {
        String what = method + (path.isEmpty() ? "" : " " + path.getFirst());
        Control control = controls.get(what);
        if (control == null) {
            throw Refusal.of(404, "No such control: " + what);
        }
        try {
            return control.turn(path, body);
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            throw Refusal.of(400, e.getMessage());
        }
    }
}
