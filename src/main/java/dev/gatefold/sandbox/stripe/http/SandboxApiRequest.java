package dev.gatefold.sandbox.stripe.http;

import java.util.List;

/** One request to the API: {@code path} begins after {@code /v1/}. */
public record SandboxApiRequest(
        String method, List<String> path, SandboxForm form, String request, String idempotencyKey) {
    /** Whose it is: {@code subscriptions/ID/...}, {@code checkout/sessions/ID/...}. */
    public String id() {
        boolean nested = path.getFirst().equals("checkout") || path.getFirst().equals("billing_portal");
        return path.get(nested ? 2 : 1);
    }
}
