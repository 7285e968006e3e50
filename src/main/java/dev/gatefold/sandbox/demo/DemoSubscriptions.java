package dev.gatefold.sandbox.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.billing.queue.BillingWorker;
import dev.gatefold.sandbox.control.StripeSandboxClient;
import dev.gatefold.sandbox.demo.DemoHistory.DemoStep;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Gives the demo readers subscriptions at the Stripe sandbox, from which the service learns by webhooks. Runs in the
 * background after the service has started, once per JVM. A reader who is still in the documented state, for example after
 * a restart, keeps the subscription.
 */
@Singleton
class DemoSubscriptions {
    /** The setting that turns the creation at start off, for tests. */
    static final String AT_START_PROPERTY = "sandbox.demo.subscriptions";

    /** Set after the first restoration, so that a live reload does not undo what a developer has done as a reader. */
    private static final String RESTORED_PROPERTY = "sandbox.demo.restored";

    private static final long MAX_WAIT_SECONDS = 30;

    private final DemoReaders readers;
    private final DemoTokens tokens;
    private final StripeSandboxClient stripe;
    private final BillingWorker billing;
    private final ObjectMapper json;
    private final Clock clock;
    private final boolean atStart;
    private final HttpClient http = HttpClient.newHttpClient();
    private final CompletableFuture<Void> restored = new CompletableFuture<>();

    DemoSubscriptions(
            DemoReaders readers,
            DemoTokens tokens,
            StripeSandboxClient stripe,
            BillingWorker billing,
            ObjectMapper json,
            Clock clock,
            @ConfigProperty(name = AT_START_PROPERTY, defaultValue = "true") boolean atStart) {
        this.readers = readers;
        this.tokens = tokens;
        this.stripe = stripe;
        this.billing = billing;
        this.json = json;
        this.clock = clock;
        this.atStart = atStart && stripe.isAvailable() && tokens.isAvailable();
        if (!this.atStart || Boolean.getBoolean(RESTORED_PROPERTY)) {
            restored.complete(null);
        }
    }

    void restoreAtStart(@ObservesAsync HttpServerStart started) {
        if (restored.isDone()) {
            return;
        }
        try {
            stripe.registerWebhookUrl();
            restore();
            System.setProperty(RESTORED_PROPERTY, "true");
        } catch (RuntimeException e) {
            Log.error("The demo readers have no subscriptions. Restart, or send POST /dev/readers, to try again", e);
        } finally {
            restored.complete(null);
        }
    }

    /** Waits until the subscriptions have been created, for at most 30 seconds. */
    void awaitRestored() {
        var _ = restored.copy()
                .completeOnTimeout(null, MAX_WAIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Replaces the subscription of each reader who is not in the documented state. */
    synchronized void restore() {
        long start = System.nanoTime();
        Instant now = clock.instant();
        runDueWork();
        List<DemoPersona> changed = subscribersNotInState();
        if (!changed.isEmpty()) {
            // the service must have recorded the end of a subscription before it learns about the next one
            changed.forEach(persona -> replaceSubscription(persona, List.of()));
            runDueWork();
            changed.forEach(persona -> replaceSubscription(persona, DemoHistory.of(persona, now)));
            runDueWork();
            Log.infof(
                    "Created Stripe sandbox subscriptions of %d demo readers in %d ms",
                    changed.size(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }
        subscribersNotInState()
                .forEach(it -> Log.warnf("Demo reader %s is not %s", it.user().name(), it.state()));
    }

    private void runDueWork() {
        stripe.processDue();
        billing.drain();
    }

    private List<DemoPersona> subscribersNotInState() {
        return Arrays.stream(DemoPersona.values())
                .filter(DemoPersona::hasSubscription)
                .filter(it -> !isSubscriberInState(it))
                .toList();
    }

    /** Asks the service as the reader does. */
    private boolean isSubscriberInState(DemoPersona persona) {
        var request = HttpRequest.newBuilder(URI.create(stripe.serviceUrl() + "/v1/me/membership"))
                .header("Authorization", "Bearer " + tokens.mint(persona).token())
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            var membership = json.readTree(response.body());
            return response.statusCode() == 200
                    && membership.hasNonNull("subscription")
                    && membership.path("state").asText().equals(persona.state());
        } catch (IOException e) {
            throw new IllegalStateException("The service does not respond", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void replaceSubscription(DemoPersona persona, List<DemoStep> steps) {
        String account = readers.accountForSubscription(persona).toString();
        var history = Map.of(
                "customer",
                Map.of(
                        "email", persona.user().email(),
                        "name", persona.user().name(),
                        "metadata", Map.of("gatefold_account", account)),
                "steps",
                steps);
        try {
            HttpResponse<byte[]> response = stripe.send("PUT", "/controls/histories", json.writeValueAsBytes(history));
            if (response.statusCode() != 200) {
                throw new IllegalStateException("The Stripe sandbox rejects the history of %s with status %d"
                        .formatted(persona.user().name(), response.statusCode()));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
