package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
        List<String> path = Http.path(exchange);
        String what = exchange.getRequestMethod() + " " + (path.isEmpty() ? "" : path.getFirst());
        Control control = controls.get(what.strip());
        if (control == null) {
            Http.json(exchange, 404, problem("No such control: " + what));
            return;
        }
        try {
            String body = Http.body(exchange);
            Http.json(exchange, 200, control.turn(path, body.isBlank() ? Json.object() : Json.parse(body)));
        } catch (Refusal refusal) {
            Http.json(exchange, refusal.status(), refusal.body());
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException | JsonProcessingException e) {
            Http.json(exchange, 400, problem(e.getMessage()));
        }
    }

    private static ObjectNode problem(String message) {
        return Refusal.of(400, message).body();
    }
}
