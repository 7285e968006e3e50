package dev.gatefold.sandbox.stripe.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.gatefold.sandbox.http.SandboxHttp;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Serves the endpoints under {@code /controls}, which make the sandbox do what Stripe offers no API for. */
public final class SandboxControlHandler {
    /** An action with the path segments after {@code /controls/} and the body as arguments. */
    interface ControlAction {
        JsonNode perform(List<String> path, JsonNode body);
    }

    private final Map<String, ControlAction> controls = new LinkedHashMap<>();

    /** Registers an action by method and first path segment, such as {@code PUT api}. */
    void on(String name, ControlAction control) {
        controls.put(name, control);
    }

    /** Performs the action of a request and answers its result as JSON. */
    public void handle(HttpExchange exchange) throws IOException {
        try {
            String body = SandboxHttp.body(exchange);
            JsonNode json = body.isBlank() ? SandboxJson.object() : SandboxJson.parse(body);
            respond(exchange, 200, perform(exchange.getRequestMethod(), SandboxHttp.path(exchange), json));
        } catch (SandboxApiError error) {
            respond(exchange, error.status(), error.body());
        } catch (JsonProcessingException e) {
            respond(
                    exchange,
                    400,
                    SandboxApiError.of(400, "The request body is not valid JSON.")
                            .body());
        }
    }

    private static void respond(HttpExchange exchange, int status, JsonNode body) throws IOException {
        SandboxHttp.json(exchange, status, SandboxJson.pretty(body));
    }

    /**
     * Performs an action.
     *
     * @throws SandboxApiError with status 404 for an unknown action, and 400 for invalid arguments
     */
    public JsonNode perform(String method, List<String> path, JsonNode body) {
        String name = method + (path.isEmpty() ? "" : " " + path.getFirst());
        ControlAction control = controls.get(name);
        if (control == null) {
            throw SandboxApiError.of(404, "No such control: " + name);
        }
        try {
            return control.perform(path, body);
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            throw SandboxApiError.of(400, e.getMessage());
        }
    }
}
