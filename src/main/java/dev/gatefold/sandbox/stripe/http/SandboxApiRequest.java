package dev.gatefold.sandbox.stripe.http;

import java.util.List;

/**
 * A request to the API.
 *
 * @param path segments after {@code /v1/}
 * @param form parameters of the query or the body
 * @param requestId value of the response header {@code Request-Id}; null for requests of the console
 * @param idempotencyKey null if the client sent none
 */
public record SandboxApiRequest(
        String method, List<String> path, SandboxForm form, String requestId, String idempotencyKey) {
    /** Returns the object id in the path: {@code subscriptions/ID/...}, {@code checkout/sessions/ID/...}. */
    public String id() {
        boolean nested = path.getFirst().equals("checkout") || path.getFirst().equals("billing_portal");
        return path.get(nested ? 2 : 1);
    }
}
