package dev.gatefold.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.stripe.model.Event;
import dev.gatefold.testing.PackagedService;
import dev.gatefold.testing.ReplicaTestEnvironment;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Logs of the packaged service, and spans that it exports. */
class LogsAndTracesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String ARTICLE = "https://www.tomsguide.com/ai/a-planted-story";

    private static ReplicaTestEnvironment surroundings;
    private static OtlpCollector collector;
    private static PackagedService service;

    @BeforeAll
    static void startService() throws Exception {
        surroundings = new ReplicaTestEnvironment();
        collector = new OtlpCollector();
        service = surroundings.startReplica(Map.of(
                "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", collector.url(),
                "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "PT0.2S",
                "GATEFOLD_TRACING_SAMPLE_RATIO", "1",
                "GATEFOLD_BILLING_RECONCILE_EVERY", "PT24H"));
        service.url();
        // the comparison at the start would fetch what the tests are about
        await().until(() -> surroundings.queryNumber("select count(finished_at) from reconciliation") == 1);
    }

    @AfterAll
    static void stopService() {
        service.close();
        collector.close();
        surroundings.close();
        HTTP.close();
    }

    @Test
    void webhookAndItsStripeCallsShareOneTrace() throws Exception {
        var subscribed = surroundings.newSubscribedAccount();

        var answer = HTTP.send(
                surroundings.webhookRequest(service, subscribed.subscriptionCreatedEvent()), BodyHandlers.discarding());

        assertThat(answer.statusCode()).isEqualTo(200);
        Span fetch = span("sync subscription", subscribed.subscriptionId());
        Span delivery = span(fetch.getParentSpanId());
        assertThat(delivery.getName()).isEqualTo("POST /v1/webhooks/stripe");
        assertThat(delivery.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        await().untilAsserted(() -> assertThat(collector.spans())
                .filteredOn(span -> span.getParentSpanId().equals(fetch.getSpanId()))
                .extracting(Span::getName)
                .contains("Stripe GET /v1/subscriptions/{id}"));
        assertThat(collector.spans())
                .filteredOn(span -> span.getParentSpanId().equals(fetch.getSpanId()))
                .allMatch(span -> span.getTraceId().equals(delivery.getTraceId()));
        assertThat(attributes(fetch)).containsEntry("gatefold.outcome", "APPLIED");
    }

    @Test
    void syncSpanLinksToEveryWebhook() throws Exception {
        var subscribed = surroundings.newSubscribedAccount();
        String id = subscribed.subscriptionId();
        surroundings.execute("""
                insert into billing_work (kind, provider, item_id, requested_version, lease_id, leased_until)
                values ('SUBSCRIPTION', 'STRIPE', '%s', 1, gen_random_uuid(), clock_timestamp() + interval '1 hour')
                """.formatted(id));
        for (Event event : subscribed.events()) {
            HTTP.send(surroundings.webhookRequest(service, event), BodyHandlers.discarding());
        }

        surroundings.execute("update billing_work set leased_until = clock_timestamp() where item_id = '" + id + "'");

        Span fetch = span("sync subscription", id);
        long waited = surroundings.queryNumber("select count(*) from inbox_event where subscription_id = '" + id + "'");
        assertThat(waited).isGreaterThan(1);
        assertThat(fetch.getLinksList())
                .hasSize((int) waited - 1)
                .allSatisfy(link -> assertThat(span(link.getSpanId()).getName()).isEqualTo("POST /v1/webhooks/stripe"));
    }

    @Test
    void logLinesContainTraceId() throws Exception {
        String reader = surroundings.token("ida");
        post("/v1/accounts", "{\"startTrial\": true}", reader);

        var opened = post("/v1/reads", "{\"url\": \"" + ARTICLE + "\"}", reader);

        String decision = JSON.readTree(opened.body()).path("id").asText();
        JsonNode line = lines().filter(it -> it.path("message").asText().contains("decision=" + decision))
                .findFirst()
                .orElseThrow();
        ByteString trace = ByteString.copyFrom(
                HexFormat.of().parseHex(line.path("mdc").path("traceId").asText()));
        await().untilAsserted(() -> assertThat(
                        collector.findSpan(span -> span.getTraceId().equals(trace)))
                .map(Span::getName)
                .contains("POST /v1/reads"));
    }

    @Test
    void spansContainNoPersonalData() throws Exception {
        int before = collector.spans().size();
        for (String path : List.of(
                "/v1/access?url=" + ARTICLE,
                "/wall?url=" + ARTICLE,
                "/share/planted-code",
                "/signed-in?code=planted-code&state=planted-state",
                "/no-such/planted-path")) {
            service.get(path, "User-Agent", "planted-browser", "X-Visitor", "planted-token", "baggage", "planted=1");
        }

        await().until(() -> collector.spans().size() >= before + 5);
        assertThat(collector.spans())
                .allSatisfy(span -> assertThat(span.toString())
                        .doesNotContain(
                                "planted", "127.0.0.1:", surroundings.stripe().apiKey()));
        assertThat(lines().map(JsonNode::toString)).noneMatch(line -> line.contains("planted-"));
    }

    @Test
    void samplingIgnoresCallersTraceparent() throws Exception {
        String unwanted = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

        service.get("/v1/plans", "traceparent", unwanted);

        await().until(() -> collector
                .findSpan(span -> HexFormat.of()
                        .formatHex(span.getTraceId().toByteArray())
                        .equals("0af7651916cd43dd8448eb211c80319c"))
                .isPresent());
    }

    @Test
    void logLinesContainTraceIdWithoutCollector() throws Exception {
        try (PackagedService alone = surroundings.startReplica(Map.of("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "PT0.2S"))) {
            post(alone, "/v1/accounts", "{\"startTrial\": true}", surroundings.token("eve"));
            post(alone, "/v1/reads", "{\"url\": \"" + ARTICLE + "\"}", surroundings.token("eve"));

            await().during(Duration.ofSeconds(2)).until(() -> !alone.log().contains("WARN"));
            assertThat(alone.log()).containsPattern("decision=.*\"traceId\":\"[0-9a-f]{32}\"");
        }
    }

    private static HttpResponse<String> post(String path, String body, String token)
            throws IOException, InterruptedException {
        return post(service, path, body, token);
    }

    private static HttpResponse<String> post(PackagedService service, String path, String body, String token)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    /** Returns the log lines, each of which is a JSON object. */
    private static Stream<JsonNode> lines() {
        return service.log().lines().map(line -> {
            try {
                return JSON.readTree(line);
            } catch (IOException e) {
                throw new IllegalStateException("No object: " + line, e);
            }
        });
    }

    private static Span span(String name, String about) {
        await().until(() -> collector
                .findSpan(span -> span.getName().equals(name)
                        && about.equals(attributes(span).get("gatefold.work_item")))
                .isPresent());
        return collector
                .findSpan(span -> span.getName().equals(name)
                        && about.equals(attributes(span).get("gatefold.work_item")))
                .orElseThrow();
    }

    private static Span span(ByteString id) {
        await().until(() ->
                collector.findSpan(span -> span.getSpanId().equals(id)).isPresent());
        return collector.findSpan(span -> span.getSpanId().equals(id)).orElseThrow();
    }

    private static Map<String, String> attributes(Span span) {
        Map<String, String> attributes = new HashMap<>();
        span.getAttributesList()
                .forEach(attribute ->
                        attributes.put(attribute.getKey(), attribute.getValue().getStringValue()));
        return attributes;
    }
}
