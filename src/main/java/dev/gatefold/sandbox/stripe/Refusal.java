package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error as Stripe puts it. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient ObjectNode error = Json.object();

    private Refusal(int status, String type, String message) {
        super(message, null, false, false);
        this.status = status;
        error.put("message", message);
        error.put("type", type);
    }

    static Refusal of(int status, String message) {
        return new Refusal(status, status < 500 ? "invalid_request_error" : "api_error", message);
    }

    static Refusal bad(String param, String message) {
        return of(400, message).with("param", param);
    }

    static Refusal required(String param) {
        return bad(param, "Missing required param: " + param + ".").with("code", "parameter_missing");
    }

    static Refusal missing(String kind, String id, String param) {
        String message = "No such %s: '%s'".formatted(kind, id);
        return of(param.equals("id") ? 404 : 400, message)
                .with("code", "resource_missing")
                .with("param", param);
    }

    static Refusal declined() {
        return new Refusal(402, "card_error", "Your card was declined.")
                .with("code", "card_declined")
                .with("decline_code", "generic_decline");
    }

    static Refusal idempotency(String message) {
        return new Refusal(400, "idempotency_error", message);
    }

    Refusal with(String name, String value) {
        error.put(name, value);
        return this;
    }

    int status() {
        return status;
    }

    ObjectNode body() {
        ObjectNode body = Json.object();
        body.set("error", error);
        return body;
    }
}
