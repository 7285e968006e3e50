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
 * Carries the SDK's requests. Its own transport keeps few connections, repeats a POST by itself where a connection breaks,
 * and has no bound on a whole answer.
 */
final class StripeTransport extends HttpClient {
    private static final int TOO_MANY = 429;
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(2);

    private final java.net.http.HttpClient http;
    private final String version;
    private final StripeThrottle pace;
    private final StripeCallObserver calls;

    StripeTransport(StripeConfig config, StripeThrottle pace, StripeCallObserver calls) {
        this.http = java.net.http.HttpClient.newBuilder()
                .connectTimeout(config.connectTimeout())
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                .build();
        this.version = config.apiVersion();
        this.pace = pace;
        this.calls = calls;
    }

    @Override
    public StripeResponse request(StripeRequest request) throws ApiConnectionException {
        Duration patience = Duration.ofMillis(request.options().getReadTimeout());
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            if (!pace.tryAcquire(patience)) {
                throw new ApiConnectionException("Too many calls are under way");
            }
            try (StripeCallObserver.ObservedCall call = calls.start(request)) {
                StripeResponse response = send(request, deadline);
                call.recordResponse(response);
                return response;
            } finally {
                pace.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiConnectionException("Interrupted", e);
        } catch (ExecutionException | TimeoutException | URISyntaxException e) {
            throw new ApiConnectionException("Stripe does not answer", e);
        }
    }

    private StripeResponse send(StripeRequest request, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException, URISyntaxException {
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(http(request), BodyHandlers.ofString(StandardCharsets.UTF_8));
        try {
            HttpResponse<String> response = answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (response.statusCode() == TOO_MANY) {
                pace.pauseFor(retryAfter(response));
            }
            return new StripeResponse(
                    response.statusCode(), HttpHeaders.of(response.headers().map()), response.body());
        } finally {
            answer.cancel(true);
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
                .orElse(USUAL_PAUSE);
    }
}
