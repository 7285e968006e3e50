package dev.gatefold.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.param.CustomerCreateParams;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatefold.kernel.Problem;
import dev.gatefold.platform.secrets.SecretSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers, timeouts, errors and metrics of calls to Stripe. */
class StripeCallsTest {
    private static final String KEY = "sk_test_secret";

    private interface StubResponse {
        void to(HttpExchange request) throws IOException;
    }

    private HttpServer server;
    private StripeCalls calls;
    private StripeSubscriptionApi stripe;
    private StripeThrottle throttle;
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private StubResponse response;
    private final CountDownLatch finished = new CountDownLatch(1);

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", request -> response.to(request));
        server.start();
        SmallRyeConfig settings = new SmallRyeConfigBuilder()
                .withMapping(StripeConfig.class)
                .withDefaultValue(
                        "gatefold.stripe.api-base",
                        "http://127.0.0.1:" + server.getAddress().getPort())
                .withDefaultValue("gatefold.stripe.api-key", KEY)
                .withDefaultValue("gatefold.stripe.timeout", "PT0.5S")
                .withDefaultValue("gatefold.stripe.reader-timeout", "PT0.2S")
                .addDiscoveredConverters()
                .build();
        StripeConfig config = settings.getConfigMapping(StripeConfig.class);
        throttle = new StripeThrottle(config);
        calls = new StripeCalls(
                config,
                new StripeSecrets(new SecretSettings(settings)),
                throttle,
                new StripeCallObserver(metrics, OpenTelemetry.noop().getTracer("test")));
        stripe = new StripeSubscriptionApi(calls);
    }

    @AfterEach
    void stopServer() {
        finished.countDown();
        server.stop(0);
    }

    private static void respond(HttpExchange request, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        request.sendResponseHeaders(status, bytes.length);
        request.getResponseBody().write(bytes);
        request.close();
    }

    @Test
    void requestCarriesIdempotencyKeyVersionAndApiKeyWithoutTelemetry() {
        var headers = new com.sun.net.httpserver.Headers();
        response = request -> {
            headers.putAll(request.getRequestHeaders());
            respond(request, 200, "{\"id\": \"cus_1\", \"object\": \"customer\"}");
        };

        var _ = new StripeCustomerApi(calls)
                .create(CustomerCreateParams.builder().build(), "customer-1");

        assertThat(headers.getFirst("Idempotency-Key")).isEqualTo("customer-1");
        assertThat(headers.getFirst("Stripe-Version")).isEqualTo("2026-07-29.dahlia");
        assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer " + KEY);
        assertThat(headers).doesNotContainKey("X-stripe-client-telemetry");
    }

    @ParameterizedTest
    @CsvSource({
        "500, true, true",
        "503, true, true",
        "429, true, false",
        "409, true, false",
        "400, false, true",
        "402, false, true",
        "401, true, false",
        "403, true, false",
    })
    void retryableAndPermanentErrorsAreDistinguished(int status, boolean retryable, boolean answered) {
        response = request ->
                respond(request, status, "{\"error\": {\"message\": \"ann@example.com\", \"type\": \"api_error\"}}");

        assertThatThrownBy(() -> stripe.find("sub_1"))
                .isInstanceOfSatisfying(StripeFailure.class, it -> {
                    assertThat(it.isRetryable()).isEqualTo(retryable);
                    assertThat(it.isResponse()).isEqualTo(answered);
                })
                .message()
                .doesNotContain("ann@example.com", KEY);
    }

    @ParameterizedTest
    @CsvSource({"200, OK", "404, CLIENT_ERROR", "500, SERVER_ERROR"})
    void callsAreCountedByResult(int status, String result) {
        response = request -> respond(request, status, "{\"id\": \"sub_1\", \"error\": {}}");

        try {
            var _ = stripe.find("sub_1");
        } catch (StripeFailure failure) {
            assertThat(status).isEqualTo(500);
        }

        assertThat(metrics.get("gatefold.stripe.calls")
                        .tag("call", "GET /v1/subscriptions/{id}")
                        .tag("result", result)
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void missingObjectIsEmpty() {
        response = request ->
                respond(request, 404, "{\"error\": {\"code\": \"resource_missing\", \"message\": \"No such thing\"}}");

        assertThat(stripe.find("sub_1")).isEmpty();
    }

    @Test
    void retryAfterPausesFurtherCalls() {
        response = request -> {
            request.getResponseHeaders().set("Retry-After", "30");
            respond(request, 429, "{\"error\": {\"message\": \"slow down\"}}");
        };
        assertThat(throttle.isPaused()).isFalse();

        assertThatThrownBy(() -> stripe.find("sub_1")).isInstanceOf(StripeFailure.class);

        assertThat(throttle.isPaused()).isTrue();
    }

    @Test
    void incompleteResponseTimesOut() {
        response = request -> {
            request.sendResponseHeaders(200, 1000);
            request.getResponseBody().write('{');
            request.getResponseBody().flush();
            try {
                finished.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        long start = System.nanoTime();

        assertThatThrownBy(() -> stripe.find("sub_1"))
                .isInstanceOfSatisfying(
                        StripeFailure.class, it -> assertThat(it.isRetryable()).isTrue());
        assertThatThrownBy(() -> calls.callForReader(() -> stripe.find("sub_1")))
                .isInstanceOfSatisfying(
                        Problem.class, it -> assertThat(it.status()).isEqualTo(503));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
}
