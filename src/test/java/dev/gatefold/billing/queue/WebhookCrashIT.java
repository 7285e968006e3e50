package dev.gatefold.billing.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.model.Event;
import dev.gatefold.testing.PackagedService;
import dev.gatefold.testing.ReplicaTestEnvironment;
import dev.gatefold.testing.ReplicaTestEnvironment.SubscribedAccount;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Kills the packaged service with signal 9 while it handles webhooks. Acknowledged events take effect, others are delivered
 * again, and no event takes effect twice. {@code -Dwebhook.crashes=100} runs more crashes.
 */
class WebhookCrashIT {
    private static final int KILLS = Integer.getInteger("webhook.crashes", 6);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** When the service is killed. A trigger makes the database wait at that point, so that the test is deterministic. */
    private enum CrashPoint {
        /** Only half of the request has arrived. */
        AFTER_HALF_THE_BODY(null),
        AFTER_THE_INSERT("create trigger hold after insert on inbox_event for each row execute function hold()"),
        BEFORE_THE_COMMIT(
                "create constraint trigger hold after insert on inbox_event deferrable initially deferred for each row execute function hold()"),
        /** The event is stored; the response may or may not have been sent. */
        AFTER_THE_COMMIT(null),
        WHILE_THE_MIRROR_IS_WRITTEN(
                "create trigger hold after insert on subscription for each row execute function hold()"),
        WHILE_RIGHTS_ARE_GRANTED(
                "create constraint trigger hold after insert on entitlement deferrable initially deferred for each row execute function hold()");

        private final String trigger;

        CrashPoint(String trigger) {
            this.trigger = trigger;
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private ReplicaTestEnvironment surroundings;

    @BeforeEach
    void setUp() throws Exception {
        surroundings = new ReplicaTestEnvironment();
    }

    @AfterEach
    void tearDown() {
        surroundings.close();
        http.close();
    }

    @Test
    void killedServiceLosesNoWebhookAndDuplicatesNone() throws Exception {
        PackagedService service = start();
        surroundings.execute("""
                create function hold() returns trigger language plpgsql as
                $$ begin perform pg_sleep(60); return null; end $$
                """);
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                CrashPoint moment = CrashPoint.values()[kill % CrashPoint.values().length];
                System.out.println("Kill " + (kill + 1) + " of " + KILLS + ": " + moment);
                service = killAt(service, moment);
            }
        } finally {
            service.close();
        }
    }

    /** Subscribes a reader, kills the service while it handles the events, and starts another that finishes the work. */
    private PackagedService killAt(PackagedService service, CrashPoint moment) throws Exception {
        SubscribedAccount subscribed = surroundings.newSubscribedAccount();
        List<Event> events = subscribed.events();
        if (moment.trigger != null) {
            surroundings.execute(moment.trigger);
        }
        Map<Event, CompletableFuture<Integer>> answers = new LinkedHashMap<>();
        for (Event event : events) {
            answers.put(
                    event,
                    moment == CrashPoint.AFTER_HALF_THE_BODY && answers.size() == events.size() - 1
                            ? sendHalf(service, event)
                            : deliver(service, event));
        }
        await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(1)).until(() -> switch (moment) {
            case AFTER_HALF_THE_BODY ->
                surroundings.queryNumber("select count(*) from inbox_event where handled_at is null") == 0;
            case AFTER_THE_COMMIT -> countStored(events.getLast()) == 1;
            default ->
                surroundings.queryNumber("select count(*) from pg_stat_activity where wait_event = 'PgSleep'") > 0;
        });
        service.kill();
        surroundings.execute("""
                select pg_terminate_backend(pid) from pg_stat_activity
                where pid <> pg_backend_pid() and backend_type = 'client backend'
                """);
        for (String table : List.of("inbox_event", "subscription", "entitlement")) {
            surroundings.execute("drop trigger if exists hold on " + table);
        }

        PackagedService next = start();
        // expires the leases of the killed service
        surroundings.execute("update billing_work set leased_until = clock_timestamp() where lease_id is not null");
        for (var answer : answers.entrySet()) {
            if (!isAcknowledged(answer.getValue())) {
                assertThat(deliver(next, answer.getKey()).get()).isEqualTo(200);
            }
        }
        await().atMost(TIMEOUT)
                .until(() -> surroundings.queryNumber("select count(*) from inbox_event where outcome is null") == 0);
        assertThat(surroundings.queryNumber("select count(*) from inbox_event where outcome = 'FAILED'"))
                .isZero();
        assertThat(events).allSatisfy(event -> assertThat(countStored(event)).isEqualTo(1));
        assertThat(surroundings.queryNumber("select count(*) from event_dependency"))
                .isZero();
        assertThat(surroundings.queryNumber("select count(*) from entitlement where account_id = '"
                        + subscribed.account() + "' and basis = 'MEMBER'"))
                .isEqualTo(1);
        assertThat(surroundings.queryNumber("select version from account where id = '" + subscribed.account() + "'"))
                .isEqualTo(1);
        return next;
    }

    private PackagedService start() throws InterruptedException {
        PackagedService service = surroundings.startReplica(Map.of("GATEFOLD_BILLING_RECONCILE_EVERY", "PT24H"));
        service.url();
        return service;
    }

    private CompletableFuture<Integer> deliver(PackagedService service, Event event) throws InterruptedException {
        return http.sendAsync(surroundings.webhookRequest(service, event), BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    private CompletableFuture<Integer> sendHalf(PackagedService service, Event event) throws Exception {
        byte[] body = event.toJson().getBytes(StandardCharsets.UTF_8);
        // closed when the service is killed
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(service.url()).getPort());
        socket.getOutputStream()
                .write(
                        "POST /v1/webhooks/stripe HTTP/1.1\r\nHost: x\r\nStripe-Signature: %s\r\nContent-Length: %d\r\n\r\n"
                                .formatted(surroundings.signature(body), body.length)
                                .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body, 0, body.length / 2);
        socket.getOutputStream().flush();
        return new CompletableFuture<>();
    }

    private static boolean isAcknowledged(CompletableFuture<Integer> answer) {
        return answer.isDone() && !answer.isCompletedExceptionally() && answer.join() == 200;
    }

    private long countStored(Event event) throws SQLException {
        return surroundings.queryNumber("select count(*) from inbox_event where event_id = '" + event.getId() + "'");
    }
}
