package dev.gatefold.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.sandbox.control.MovableClock;
import dev.gatefold.sandbox.database.LocalPostgres;
import dev.gatefold.sandbox.issuer.SandboxIssuer;
import dev.gatefold.sandbox.issuer.SandboxTokenSigner;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import dev.gatefold.testing.PackagedService;
import dev.gatefold.testing.StripeWebhookClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Measures how fast webhooks are acknowledged, with 50 concurrent deliveries of new events and a durable database. Rounds
 * of deliveries alternate with rounds of requests to the baseline endpoint from the same client.
 */
class WebhookBench {
    private static final int CONCURRENCY = 50;
    private static final int REQUESTS = 5000;
    private static final int ROUNDS = 3;
    private static final Clock SYSTEM_CLOCK = Clock.systemUTC();

    private final HttpClient http = HttpClient.newHttpClient();

    private record WebhookLatency(double perSecond, double p50, double p99) {}

    @Test
    void measureWebhookAcknowledgement() throws Exception {
        Path data = Files.createTempDirectory("webhook-bench");
        try (LocalPostgres postgres = LocalPostgres.durable(data);
                SandboxIssuer issuer = SandboxIssuer.startOnFreePort(SandboxTokenSigner.withNewKey());
                StripeSandbox stripe = StripeSandbox.startOnFreePort(new MovableClock());
                PackagedService service =
                        PackagedService.startWithMigration(PackagedService.environment(postgres, issuer, stripe))) {
            String url = service.url();
            List<WebhookLatency> baseline = new ArrayList<>();
            List<WebhookLatency> events = new ArrayList<>();
            for (int round = 0; round <= ROUNDS; round++) {
                int first = round * REQUESTS;
                baseline.add(measure(_ -> baselineRequest(url)));
                events.add(measure(i -> event(url, first + i, stripe.webhookSecret())));
            }
            report("baseline", baseline);
            report("event, stored", events);
        } finally {
            try (var files = Files.walk(data)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> assertThat(file.toFile().delete()).isTrue());
            }
        }
    }

    private interface NumberedRequest {
        HttpRequest get(int number);
    }

    private static HttpRequest baselineRequest(String url) {
        return HttpRequest.newBuilder(URI.create(url + "/bench/baseline")).build();
    }

    private static HttpRequest event(String url, int number, String secret) {
        // One of three events belongs to a subscription, and is processed while the others are delivered.
        String kind = number % 3 == 0 ? "invoice" : "charge";
        String object =
                """
                {"object": "%s", "id": "x_%d", "subscription": %s, "note": "%s"}\
                """.formatted(kind, number, number % 3 == 0 ? "\"sub_" + number / 30 + "\"" : "null", "x".repeat(2000));
        byte[] body = StripeWebhookClient.eventJson("evt_" + number, kind + ".succeeded", object)
                .getBytes(StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(URI.create(url + "/v1/webhooks/stripe"))
                .header("Stripe-Signature", StripeWebhookClient.signature(body, secret, SYSTEM_CLOCK.instant()))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    private WebhookLatency measure(NumberedRequest requests) throws Exception {
        List<Callable<Long>> calls = IntStream.range(0, REQUESTS)
                .mapToObj(i -> (Callable<Long>) () -> {
                    HttpRequest request = requests.get(i);
                    long start = System.nanoTime();
                    int status = http.send(request, BodyHandlers.discarding()).statusCode();
                    assertThat(status).isEqualTo(200);
                    return System.nanoTime() - start;
                })
                .toList();
        long start = System.nanoTime();
        List<Long> nanos = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(CONCURRENCY)) {
            for (var call : threads.invokeAll(calls)) {
                nanos.add(call.get());
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        nanos.sort(Comparator.naturalOrder());
        return new WebhookLatency(
                REQUESTS / seconds, nanos.get(REQUESTS / 2) / 1e6, nanos.get(REQUESTS * 99 / 100) / 1e6);
    }

    /** Prints the round with the median 99th percentile. The first round is a warm-up and does not count. */
    private static void report(String name, List<WebhookLatency> rounds) {
        List<WebhookLatency> counted = rounds.subList(1, rounds.size()).stream()
                .sorted(Comparator.comparingDouble(WebhookLatency::p99))
                .toList();
        WebhookLatency median = counted.get(counted.size() / 2);
        System.out.printf(
                "%-16s %8.0f requests/s   p50 %6.2f ms   p99 %6.2f ms%n",
                name, median.perSecond, median.p50, median.p99);
    }
}
