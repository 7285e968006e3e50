package dev.gatefold.sandbox.stripe.http;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error response in the format of Stripe. It has no stack trace. */
public final class SandboxApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient ObjectNode error = SandboxJson.object();

    private SandboxApiError(int status, String type, String message) {
        super(message, null, false, false);
        this.status = status;
        error.put("message", message);
        error.put("type", type);
    }

    public static SandboxApiError of(int status, String message) {
        return new SandboxApiError(status, status < 500 ? "invalid_request_error" : "api_error", message);
    }

    public static SandboxApiError invalidParam(String param, String message) {
        return of(400, message).with("param", param);
    }

    public static SandboxApiError missingParam(String param) {
        return invalidParam(param, "Missing required param: " + param + ".").with("code", "parameter_missing");
    }

    public static SandboxApiError resourceMissing(String kind, String id, String param) {
        String message = "No such %s: '%s'".formatted(kind, id);
        return of(param.equals("id") ? 404 : 400, message)
                .with("code", "resource_missing")
                .with("param", param);
    }

    public static SandboxApiError cardDeclined() {
        return new SandboxApiError(402, "card_error", "Your card was declined.")
                .with("code", "card_declined")
                .with("decline_code", "generic_decline");
    }

    public static SandboxApiError idempotencyError(String message) {
        return new SandboxApiError(400, "idempotency_error", message);
    }

    public SandboxApiError with(String name, String value) {
        error.put(name, value);
        return this;
    }

    public int status() {
        return status;
    }

    public ObjectNode body() {
        ObjectNode body = SandboxJson.object();
        body.set("error", error);
        return body;
    }
}
