package dev.gatefold.sandbox.control;

import dev.gatefold.kernel.Problem;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Calls the Stripe sandbox over HTTP, because the sandbox survives live reloads of the service. Does nothing where
 * the service uses another Stripe.
 */
@Singleton
public class StripeSandboxClient {
    private static final String WEBHOOK_PATH = "/v1/webhooks/stripe";

    private final Optional<String> url;
    private final int configuredPort;
    private final HttpServer service;
    private final HttpClient http = HttpClient.newHttpClient();

    StripeSandboxClient(
            @ConfigProperty(name = StripeSandbox.URL_PROPERTY) Optional<String> url,
            @ConfigProperty(name = "quarkus.http.port") int configuredPort,
            HttpServer service) {
        this.url = url;
        this.configuredPort = configuredPort;
        this.service = service;
    }

    /** Returns true if the service uses the Stripe sandbox. */
    public boolean isAvailable() {
        return url.isPresent();
    }

    /** Returns the URL of the service. After a live reload the server does not report its port again. */
    public String serviceUrl() {
        return "http://localhost:" + (service.getPort() > 0 ? service.getPort() : configuredPort);
    }

    void registerAtStart(@ObservesAsync HttpServerStart started) {
        registerWebhookUrl();
    }

    /** Registers the webhook URL of the service, whose port is known when its HTTP server has started. */
    public void registerWebhookUrl() {
        if (url.isPresent()) {
            String webhookUrl = serviceUrl() + WEBHOOK_PATH;
            var _ = send(
                    "PUT", "/controls/webhooks", ("{\"url\":\"" + webhookUrl + "\"}").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Runs everything that is due in the sandbox, and returns when its webhooks have been answered. */
    public void processDue() {
        if (url.isPresent()) {
            var _ = send("POST", "/controls/settle", new byte[0]);
        }
    }

    /**
     * Sends a request to the sandbox.
     *
     * @throws Problem with status 409 where the service uses another Stripe
     */
    public HttpResponse<byte[]> send(String method, String path, byte[] body) {
        String base = url.orElseThrow(
                () -> Problem.conflict(
                        "foreign-stripe",
                        "The Stripe sandbox is not running",
                        "GATEFOLD_STRIPE_API_BASE or GATEFOLD_STRIPE_API_KEY names another Stripe account. Use its own dashboard."));
        try {
            var request = HttpRequest.newBuilder(URI.create(base + path))
                    .method(method, BodyPublishers.ofByteArray(body))
                    .build();
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("The Stripe sandbox at " + base + " does not respond", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
