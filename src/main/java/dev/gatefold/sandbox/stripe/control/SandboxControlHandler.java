package dev.gatefold.sandbox.stripe.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxHttp;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one may do to the sandbox that one may not do to Stripe. */
public final class SandboxControlHandler {
    /** Takes the path after {@code /controls/} and the body, and answers. */
    interface ControlAction {
        JsonNode perform(List<String> path, JsonNode body);
    }

    private final Map<String, ControlAction> controls = new LinkedHashMap<>();

    /** By method and first segment of the path: {@code PUT api}. */
    void on(String what, ControlAction control) {
        controls.put(what, control);
    }

    public void handle(HttpExchange exchange) throws IOException {
        try {
            String body = SandboxHttp.body(exchange);
            JsonNode said = body.isBlank() ? SandboxJson.object() : SandboxJson.parse(body);
            SandboxHttp.json(exchange, 200, perform(exchange.getRequestMethod(), SandboxHttp.path(exchange), said));
        } catch (SandboxApiError refusal) {
            SandboxHttp.json(exchange, refusal.status(), refusal.body());
        } catch (JsonProcessingException e) {
            SandboxHttp.json(
                    exchange, 400, SandboxApiError.of(400, "That is not JSON.").body());
        }
    }

    public JsonNode perform(String method, List<String> path, JsonNode body) {
        String what = method + (path.isEmpty() ? "" : " " + path.getFirst());
        ControlAction control = controls.get(what);
        if (control == null) {
            throw SandboxApiError.of(404, "No such control: " + what);
        }
        try {
            return control.perform(path, body);
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            throw SandboxApiError.of(400, e.getMessage());
        }
    }
}
