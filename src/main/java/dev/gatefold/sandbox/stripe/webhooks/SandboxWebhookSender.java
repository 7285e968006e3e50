package dev.gatefold.sandbox.stripe.webhooks;

import com.google.common.hash.Hashing;
import java.io.Closeable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Signs events by Stripe's scheme {@code v1} and posts them. */
public final class SandboxWebhookSender implements Closeable {
    public static final String WEBHOOK_SECRET = "whsec_gatefoldSandboxWebhookSecret";

    record SignedWebhook(String url, String body, String signature) {
        static SignedWebhook signed(String url, String body, long time) {
            String mac = Hashing.hmacSha256(WEBHOOK_SECRET.getBytes(StandardCharsets.UTF_8))
                    .hashString(time + "." + body, StandardCharsets.UTF_8)
                    .toString();
            return new SignedWebhook(url, body, "t=" + time + ",v1=" + mac);
        }
    }

    /** The HTTP status of a response, or the simple name of the exception. */
    record WebhookResponse(String statusOrError) {
        boolean accepted() {
            return statusOrError.matches("2\\d\\d");
        }
    }

    private final Duration timeout;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    SandboxWebhookSender(Duration timeout) {
        this.timeout = timeout;
    }

    CompletableFuture<WebhookResponse> send(SignedWebhook webhook) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(webhook.url))
                .timeout(timeout)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
                .header("Stripe-Signature", webhook.signature)
                .POST(BodyPublishers.ofString(webhook.body))
                .build();
        return http.sendAsync(request, BodyHandlers.discarding())
                .thenApply(it -> new WebhookResponse(String.valueOf(it.statusCode())))
                .exceptionally(
                        failure -> new WebhookResponse(root(failure).getClass().getSimpleName()));
    }

    private static Throwable root(Throwable failure) {
        return failure.getCause() == null ? failure : root(failure.getCause());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
