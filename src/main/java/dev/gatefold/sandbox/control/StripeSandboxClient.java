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

/** The Stripe sandbox, where the service talks to one of its own; it outlives live reloads, so it is spoken to by HTTP. */
@Singleton
final class StripeSandboxClient {
    private static final String WEBHOOKS = "/v1/webhooks/stripe";

    private final Optional<String> address;
    private final HttpServer service;
    private final HttpClient http = HttpClient.newHttpClient();

    StripeSandboxClient(
            @ConfigProperty(name = StripeSandbox.URL_PROPERTY) Optional<String> address, HttpServer service) {
        this.address = address;
        this.service = service;
    }

    /** Tells it where we listen. */
    void registerWebhookUrl(@ObservesAsync HttpServerStart started) {
        if (address.isPresent()) {
            String url = "http://localhost:" + service.getPort() + WEBHOOKS;
            var _ = send("PUT", "/controls/webhooks", ("{\"url\":\"" + url + "\"}").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Has it do, and tell us, all that fell due there. */
    void processDue() {
        if (address.isPresent()) {
            var _ = send("POST", "/controls/settle", new byte[0]);
        }
    }

    HttpResponse<byte[]> send(String method, String path, byte[] body) {
        String url = address.orElseThrow(() -> Problem.conflict(
                "foreign-stripe",
                "Stripe is not ours",
                "GATEFOLD_STRIPE_API_BASE or GATEFOLD_STRIPE_API_KEY names another: see its own dashboard"));
        try {
            var request = HttpRequest.newBuilder(URI.create(url + path))
                    .method(method, BodyPublishers.ofByteArray(body))
                    .build();
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("The Stripe sandbox does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
