package dev.gatefold.testing;

import com.google.common.hash.Hashing;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.eclipse.microprofile.config.ConfigProvider;

/** Delivers webhook events as Stripe does, with a valid or a given signature. */
public final class StripeWebhookClient {
    private static final String SECRETS_SETTING = "gatefold.stripe.webhook-secrets";

    private StripeWebhookClient() {}

    /** Returns the secret with which the service verifies signatures. */
    public static String webhookSecret() {
        return ConfigProvider.getConfig().getValue(SECRETS_SETTING, String.class);
    }

    /** Returns the {@code Stripe-Signature} header of a body that was signed at an instant. */
    public static String signature(byte[] body, String secret, Instant signedAt) {
        String time = String.valueOf(signedAt.getEpochSecond());
        String mac = Hashing.hmacSha256(secret.getBytes(StandardCharsets.UTF_8))
                .newHasher()
                .putString(time + ".", StandardCharsets.US_ASCII)
                .putBytes(body)
                .hash()
                .toString();
        return "t=" + time + ",v1=" + mac;
    }

    /** Delivers a body with a signature that is valid now. */
    public static Response deliver(byte[] body) {
        return deliver(body, signature(body, webhookSecret(), TestCallers.serviceNow()));
    }

    public static Response deliver(String body) {
        return deliver(body.getBytes(StandardCharsets.UTF_8));
    }

    public static Response deliver(byte[] body, String signature) {
        var request = TestCallers.request().contentType("application/json").body(body);
        return (signature == null ? request : request.header("Stripe-Signature", signature))
                .post("/v1/webhooks/stripe");
    }

    /**
     * Returns the JSON of an event about an object.
     *
     * @param object JSON of the object
     */
    public static String eventJson(String id, String type, String object) {
        return """
            {"id": "%s", "object": "event", "type": "%s", "created": 1700000000, "livemode": false,
             "api_version": "2026-07-29.dahlia", "data": {"object": %s}}\
            """.formatted(id, type, object);
    }
}
