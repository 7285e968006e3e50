package dev.gatefold.platform.invalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.testing.PackagedService;
import dev.gatefold.testing.ReplicaTestEnvironment;
import dev.gatefold.testing.ReplicaTestEnvironment.SubscribedAccount;
import dev.gatefold.testing.TestCallers;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Three replicas of the packaged service on one database. The third receives no notifications, as behind some poolers. */
@EnabledIfSystemProperty(named = "replica.freshness", matches = "[0-9]+")
class ReplicaFreshnessIT {
    private static final Duration PROMISE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<PackagedService> REPLICAS = new ArrayList<>();
    private static ReplicaTestEnvironment surroundings;

    @BeforeAll
    static void startReplicas() throws Exception {
        surroundings = new ReplicaTestEnvironment();
        REPLICAS.add(surroundings.startReplica(Map.of()));
        REPLICAS.add(surroundings.startReplica(Map.of()));
        REPLICAS.add(surroundings.startReplica(Map.of("GATEFOLD_CACHE_INVALIDATION_USE_NOTIFY", "false")));
        for (PackagedService replica : REPLICAS) {
            replica.url();
        }
    }

    @AfterAll
    static void stopReplicas() {
        REPLICAS.forEach(PackagedService::close);
        surroundings.close();
        HTTP.close();
    }

    @Test
    void grantsAndRevocationsReachOtherReplicas() throws Exception {
        await().atMost(PATIENCE)
                .until(() -> hasRecentInvalidations(0) && hasRecentInvalidations(1) && hasRecentInvalidations(2));

        List<Collection<Duration>> lags = grantAndRevoke(30);

        printLags("Nudged", lags.get(0));
        printLags("Never nudged", lags.get(1));
        assertThat(lags).allSatisfy(of -> assertThat(of).allMatch(lag -> lag.compareTo(PROMISE) <= 0));
    }

    @Test
    void grantsAndRevocationsReachReplicasWithoutNotifications() throws Exception {
        AtomicBoolean cutting = new AtomicBoolean(true);
        Thread cutter = Thread.ofVirtual().start(() -> terminateListeners(cutting));
        try {
            await().atMost(PATIENCE).until(() -> !hasRecentInvalidations(1) && !hasRecentInvalidations(2));

            List<Collection<Duration>> lags = grantAndRevoke(10);

            printLags("Cut off", lags.get(0));
            printLags("Cut off, and never nudged", lags.get(1));
            assertThat(lags).allSatisfy(of -> assertThat(of).allMatch(lag -> lag.compareTo(PROMISE) <= 0));
        } finally {
            cutting.set(false);
            cutter.join();
        }
        await().atMost(PATIENCE)
                .until(() -> hasRecentInvalidations(0) && hasRecentInvalidations(1) && hasRecentInvalidations(2));
    }

    /** Revokes an entitlement that the other replicas have cached, and returns how long they still granted access. */
    private static List<Collection<Duration>> grantAndRevoke(int times) throws Exception {
        List<Collection<Duration>> lags = List.of(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
        String support = surroundings.token("sue", "support");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < times; i++) {
                String reader = "reader-" + UUID.randomUUID();
                String token = surroundings.token(reader);
                assertThat(isGranted(1, token) || isGranted(2, token)).isFalse();
                send(0, "POST", "/v1/accounts", token, "{}");
                String grant = JSON.readTree(send(0, "POST", "/admin/v1/grants", support, grantTo(reader)))
                        .path("id")
                        .asText();
                assertThat(isGranted(1, token) && isGranted(2, token)).isTrue();

                send(0, "DELETE", "/admin/v1/grants/" + grant, support, "");

                long taken = System.nanoTime();
                List<Callable<Boolean>> others = List.of(
                        () -> lags.get(0).add(lag(1, token, taken)),
                        () -> lags.get(1).add(lag(2, token, taken)));
                for (Future<Boolean> other : threads.invokeAll(others)) {
                    assertThat(other.get()).isTrue();
                }
            }
        }
        return lags;
    }

    /** Returns when the last request was sent that was still granted. */
    private static Duration lag(int replica, String token, long since) throws Exception {
        long asked = since;
        long next = System.nanoTime();
        while (isGranted(replica, token)) {
            asked = next;
            Thread.sleep(LOOK_AGAIN);
            next = System.nanoTime();
        }
        return Duration.ofNanos(asked - since);
    }

    private static void printLags(String what, Collection<Duration> lags) {
        long[] millis = lags.stream().mapToLong(Duration::toMillis).sorted().toArray();
        System.out.printf(
                "%s: of %d changes, half were known elsewhere after %d ms, and the last after %d ms%n",
                what, millis.length, millis[millis.length / 2], millis[millis.length - 1]);
    }

    private static void terminateListeners(AtomicBoolean cutting) {
        try (Connection database = surroundings.openConnection();
                Statement statement = database.createStatement()) {
            while (cutting.get()) {
                statement.execute("""
                        select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'gatefold cache invalidation'
                        """);
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void catalogImportReachesOtherReplicas() throws Exception {
        String admin = surroundings.token("ada", "admin");
        List<Duration> lags = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String name = "Tom's Guide, edition " + i;

            send(0, "PUT", "/admin/v1/sources", admin, titles().replace("\tTom's Guide\t", "\t" + name + "\t"));

            long imported = System.nanoTime();
            for (int other : List.of(1, 2)) {
                await().pollInterval(Duration.ofMillis(20))
                        .until(() -> send(other, "GET", "/v1/sources/toms-guide", admin, "")
                                .contains(name));
                lags.add(Duration.ofNanos(System.nanoTime() - imported));
            }
        }

        printLags("Imports", lags);
        assertThat(lags).allMatch(lag -> lag.compareTo(PROMISE) <= 0);
    }

    private static String titles() throws Exception {
        try (InputStream table = PackagedService.class.getResourceAsStream("/catalog/sources.tsv")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void webhookDeliveredToAllReplicasIsProcessedOnce() throws Exception {
        List<SubscribedAccount> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(surroundings.newSubscribedAccount());
        }

        List<HttpRequest> deliveries = new ArrayList<>();
        for (SubscribedAccount each : all) {
            for (PackagedService replica : REPLICAS) {
                deliveries.add(surroundings.webhookRequest(replica, each.subscriptionCreatedEvent()));
            }
        }
        deliveries.stream()
                .map(delivery -> HTTP.sendAsync(delivery, BodyHandlers.discarding()))
                .toList()
                .forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));

        await().atMost(PATIENCE)
                .until(() -> surroundings.queryNumber("select count(*) from inbox_event where outcome is null") == 0);
        assertThat(all).allSatisfy(each -> {
            assertThat(surroundings.queryNumber("select delivery_count from inbox_event where event_id = '%s'"
                            .formatted(each.subscriptionCreatedEvent().getId())))
                    .isGreaterThanOrEqualTo(REPLICAS.size());
            assertThat(surroundings.stripeProxy().callCount("GET /v1/subscriptions/" + each.subscriptionId()))
                    .isEqualTo(1);
        });
    }

    @Test
    void replicasStartedTogetherReconcileOnce() throws Exception {
        for (PackagedService replica : REPLICAS) {
            await().atMost(PATIENCE).until(() -> uptime(replica) > 10);
        }

        assertThat(surroundings.stripeProxy().callCount("GET /v1/subscriptions"))
                .isEqualTo(1);
    }

    private static double uptime(PackagedService replica) throws Exception {
        return replica.getManagement("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("process_uptime_seconds "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    private static boolean hasRecentInvalidations(int replica) throws Exception {
        return REPLICAS.get(replica).getManagement("/q/metrics").body().contains("gatefold_cache_invalidation_up 1.0");
    }

    private static boolean isGranted(int replica, String token) throws Exception {
        return send(replica, "GET", "/v1/access?url=" + TestCallers.MEMBERS_ONLY, token, "")
                .contains("\"granted\":true");
    }

    private static String grantTo(String reader) {
        return """
                {"subject": {"issuer": "%s", "subject": "%s"}, "plan": "membership", "reason": "for a test"}
                """.formatted(surroundings.issuer().url(), reader);
    }

    private static String send(int replica, String method, String path, String token, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(REPLICAS.get(replica).url() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", path.endsWith("/sources") ? "text/tab-separated-values" : "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .method(method, BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer.body();
    }
}
