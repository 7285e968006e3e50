package dev.gatefold.billing.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends the requests of Stripe's SDK. Replaces the SDK's transport, which pools few connections, repeats a POST after a broken
 * connection, and does not limit the time for a complete response.
 */
final class StripeTransport extends HttpClient {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(2);

    private final java.net.http.HttpClient http;
    private final String version;
    private final StripeThrottle throttle;
    private final StripeCallObserver observer;

    StripeTransport(StripeConfig config, StripeThrottle throttle, StripeCallObserver observer) {
        this.http = java.net.http.HttpClient.newBuilder()
                .connectTimeout(config.connectTimeout())
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                .build();
        this.version = config.apiVersion();
        this.throttle = throttle;
        this.observer = observer;
    }

    @Override
    public StripeResponse request(StripeRequest request) throws ApiConnectionException {
        Duration timeout = Duration.ofMillis(request.options().getReadTimeout());
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            if (!throttle.tryAcquire(timeout)) {
                throw new ApiConnectionException("Too many concurrent calls to Stripe");
            }
            try (StripeCallObserver.ObservedCall call = observer.start(request)) {
                StripeResponse response = send(request, deadline);
                call.recordResponse(response);
                return response;
            } finally {
                throttle.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiConnectionException("Interrupted", e);
        } catch (ExecutionException | TimeoutException | URISyntaxException e) {
            throw new ApiConnectionException("Stripe did not respond in time", e);
        }
    }

    private StripeResponse send(StripeRequest request, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException, URISyntaxException {
        CompletableFuture<HttpResponse<String>> pending =
                http.sendAsync(http(request), BodyHandlers.ofString(StandardCharsets.UTF_8));
        try {
            HttpResponse<String> response = pending.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (response.statusCode() == TOO_MANY_REQUESTS) {
                throttle.pauseFor(retryAfter(response));
            }
            return new StripeResponse(
                    response.statusCode(), HttpHeaders.of(response.headers().map()), response.body());
        } finally {
            pending.cancel(true);
        }
    }

    private HttpRequest http(StripeRequest request) throws URISyntaxException {
        HttpRequest.Builder http = HttpRequest.newBuilder(request.url().toURI());
        request.headers().map().forEach((name, values) -> values.forEach(value -> http.setHeader(name, value)));
        http.setHeader("Stripe-Version", version);
        http.setHeader("User-Agent", "Gatefold");
        var content = request.content();
        if (content == null) {
            return http.method(request.method().name(), BodyPublishers.noBody()).build();
        }
        return http.setHeader("Content-Type", content.contentType())
                .method(request.method().name(), BodyPublishers.ofByteArray(content.byteArrayContent()))
                .build();
    }

    private static Duration retryAfter(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,4}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(DEFAULT_PAUSE);
    }
}
