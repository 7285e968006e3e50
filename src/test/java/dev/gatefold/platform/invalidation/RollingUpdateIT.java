package dev.gatefold.platform.invalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatefold.testing.PackagedService;
import dev.gatefold.testing.ReplicaTestEnvironment;
import dev.gatefold.testing.TcpLoadBalancer;
import dev.gatefold.testing.TestCallers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Replaces three replicas one by one under load, like a Deployment with {@code maxSurge: 1} and {@code maxUnavailable: 0}.
 * Takes minutes on an idle machine, and therefore runs with {@code -Pproofs}, or alone with {@code -Drolling.updates=1}.
 */
@EnabledIfSystemProperty(named = "rolling.updates", matches = "[0-9]+")
class RollingUpdateIT {
    private static final int ROLLS = Integer.getInteger("rolling.updates");
    private static final int PER_SECOND = 300;
    private static final int READERS = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** The default of production. */
    private static final Map<String, String> SETTINGS = Map.of("QUARKUS_SHUTDOWN_DELAY", "PT5S");

    private final Random dice = new Random(1);
    private final Deque<PackagedService> replicas = new ArrayDeque<>();
    private ReplicaTestEnvironment surroundings;
    private TcpLoadBalancer balancer;

    @BeforeEach
    void startReplicas() throws InterruptedException {
        surroundings = new ReplicaTestEnvironment();
        balancer = new TcpLoadBalancer();
        for (int i = 0; i < 3; i++) {
            addReplica();
        }
    }

    @AfterEach
    void stopReplicas() {
        balancer.close();
        replicas.forEach(PackagedService::requestShutdown);
        replicas.forEach(PackagedService::close);
        surroundings.close();
    }

    @Test
    void rollingUpdateFailsNoRequest() throws Exception {
        List<String> readers = readers();

        try (SteadyLoad load = new SteadyLoad(balancer.port(), PER_SECOND, () -> request(readers))) {
            for (int i = 0; i < ROLLS * 3; i++) {
                addReplica();
                removeReplica();
            }
            load.stop();

            System.out.printf(
                    "Rolled %d replicas under %d requests: %d failed; half took %.1f ms, of a hundred all but one %.1f"
                            + " ms, the slowest %.1f ms%n",
                    ROLLS * 3,
                    load.requestCount(),
                    load.failures().size(),
                    load.latencyPercentile(0.5),
                    load.latencyPercentile(0.99),
                    load.latencyPercentile(1));
            assertThat(load.failures()).isEmpty();
        }
    }

    private void addReplica() throws InterruptedException {
        PackagedService replica = surroundings.startReplica(SETTINGS);
        replicas.addLast(replica);
        replica.url();
        balancer.add(replica);
        int all = replicas.size();
        await().atMost(PATIENCE).until(() -> balancer.readyReplicas() == all);
    }

    private void removeReplica() throws InterruptedException {
        PackagedService oldest = replicas.removeFirst();
        oldest.requestShutdown();
        assertThat(oldest.exitCode()).isEqualTo(143); // 128 and the number of the signal
        balancer.remove(oldest);
    }

    /** Some readers have a trial, which every replica has cached. */
    private List<String> readers() throws Exception {
        List<String> tokens = new ArrayList<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < READERS; i++) {
                String token = surroundings.token("reader-" + UUID.randomUUID());
                HttpRequest signUp = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + balancer.port() + "/v1/accounts"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"startTrial\": true}"))
                        .build();
                assertThat(http.send(signUp, BodyHandlers.discarding()).statusCode())
                        .isEqualTo(201);
                tokens.add(token);
            }
        }
        return tokens;
    }

    /** Of ten requests, eight are decisions for readers, one is anonymous, and one is a read, sometimes with a used key. */
    private SteadyLoad.LoadRequest request(List<String> readers) {
        String authorization = "Bearer " + readers.get(dice.nextInt(readers.size()));
        return switch (dice.nextInt(10)) {
            case 0 -> new SteadyLoad.LoadRequest("/v1/access?url=" + TestCallers.MEMBERS_ONLY, Map.of(), "");
            case 1 ->
                new SteadyLoad.LoadRequest(
                        "/v1/reads",
                        Map.of(
                                "Authorization",
                                authorization,
                                "Content-Type",
                                "application/json",
                                "Idempotency-Key",
                                "key-" + dice.nextInt(1000)),
                        "{\"url\": \"" + TestCallers.MEMBERS_ONLY + "\"}");
            default ->
                new SteadyLoad.LoadRequest(
                        "/v1/access?url=" + TestCallers.MEMBERS_ONLY, Map.of("Authorization", authorization), "");
        };
    }
}
