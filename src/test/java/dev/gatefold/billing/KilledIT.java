package dev.gatefold.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.service.V1Services;
import dev.gatefold.Events;
import dev.gatefold.Packaged;
import dev.gatefold.sandbox.Issuer;
import dev.gatefold.sandbox.LocalPostgres;
import dev.gatefold.sandbox.MovableClock;
import dev.gatefold.sandbox.Signer;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The service as it is shipped, killed with signal 9 at the worst of moments: what was acknowledged takes effect, what was
 * not is delivered again, and nothing twice. More often by {@code -Dkills=100}.
 */
class KilledIT {
    private static final int KILLS = Integer.getInteger("kills", 6);
    private static final Clock MACHINE = Clock.systemUTC();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Where the service is killed; the database holds it there, so that the moment is no matter of luck. */
    private enum Moment {
        /** Some of the event has come, and not the rest. */
        AFTER_HALF_THE_BODY(null),
        AFTER_THE_INSERT("create trigger hold after insert on inbox for each row execute function hold()"),
        BEFORE_THE_COMMIT(
                "create constraint trigger hold after insert on inbox deferrable initially deferred for each row execute function hold()"),
        /** The row is there; whether the answer was still given is luck. */
        AFTER_THE_COMMIT(null),
        WHILE_THE_MIRROR_IS_WRITTEN(
                "create trigger hold after insert on subscription for each row execute function hold()"),
        WHILE_RIGHTS_ARE_GRANTED(
                "create constraint trigger hold after insert on entitlement deferrable initially deferred for each row execute function hold()");

        private final String trigger;

        Moment(String trigger) {
            this.trigger = trigger;
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private LocalPostgres postgres;
    private Issuer issuer;
    private StripeSandbox stripe;
    private Connection database;

    @BeforeEach
    void around() throws Exception {
        postgres = LocalPostgres.ephemeral();
        issuer = Issuer.startAnywhere(Signer.fresh());
        stripe = StripeSandbox.startAnywhere(new MovableClock());
        Packaged.migrate(Packaged.environment(postgres, issuer, stripe));
        database = DriverManager.getConnection(postgres.settings().get("quarkus.datasource.jdbc.url"));
    }

    @AfterEach
    void away() throws SQLException {
        database.close();
        stripe.close();
        issuer.close();
        postgres.close();
        http.close();
    }

    @Test
    void nothingIsLostAndNothingIsDoubled() throws Exception {
        Packaged service = start();
        execute("""
                create function hold() returns trigger language plpgsql as
                $$ begin perform pg_sleep(60); return null; end $$
                """);
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                Moment moment = Moment.values()[kill % Moment.values().length];
                System.out.println("Kill " + (kill + 1) + " of " + KILLS + ": " + moment);
                service = killed(service, moment);
            }
        } finally {
            service.close();
        }
    }

    /** Has a reader subscribe, kills the service over the news of it, and starts another that finishes the work. */
    private Packaged killed(Packaged service, Moment moment) throws Exception {
        String account = account();
        List<Event> events = subscribe(account);
        if (moment.trigger != null) {
            execute(moment.trigger);
        }
        Map<Event, CompletableFuture<Integer>> answers = new LinkedHashMap<>();
        for (Event event : events) {
            answers.put(
                    event,
                    moment == Moment.AFTER_HALF_THE_BODY && answers.size() == events.size() - 1
                            ? sendHalf(service.url(), event)
                            : deliver(service.url(), event));
        }
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> switch (moment) {
            case AFTER_HALF_THE_BODY -> number("select count(*) from inbox where handled_at is null") == 0;
            case AFTER_THE_COMMIT -> stored(events.getLast()) == 1;
            default -> number("select count(*) from pg_stat_activity where wait_event = 'PgSleep'") > 0;
        });
        service.kill();
        execute("""
                select pg_terminate_backend(pid) from pg_stat_activity
                where pid <> pg_backend_pid() and backend_type = 'client backend'
                """);
        for (String table : List.of("inbox", "subscription", "entitlement")) {
            execute("drop trigger if exists hold on " + table);
        }

        Packaged next = start();
        // as if the minute had passed for which the dead one holds its leases
        execute("update dirty set leased_until = clock_timestamp() where lease is not null");
        execute("update inbox set due_at = clock_timestamp() where outcome is null");
        for (var answer : answers.entrySet()) {
            if (!isAcknowledged(answer.getValue())) {
                assertThat(deliver(next.url(), answer.getKey()).get()).isEqualTo(200);
            }
        }
        await().atMost(PATIENCE).until(() -> number("select count(*) from inbox where outcome is null") == 0);
        assertThat(number("select count(*) from inbox where outcome = 'FAILED'"))
                .isZero();
        assertThat(events).allSatisfy(event -> assertThat(stored(event)).isEqualTo(1));
        assertThat(number("select count(*) from inbox_wait")).isZero();
        assertThat(number("select count(*) from entitlement where account_id = '" + account + "' and basis = 'MEMBER'"))
                .isEqualTo(1);
        assertThat(number("select version from account where id = '" + account + "'"))
                .isEqualTo(1);
        return next;
    }

    private Packaged start() throws InterruptedException {
        Map<String, String> environment = new HashMap<>(Packaged.environment(postgres, issuer, stripe));
        environment.put("GATEFOLD_STRIPE_RECONCILE_EVERY", "PT24H");
        Packaged service = Packaged.start(environment);
        service.url();
        return service;
    }

    /** Somebody who is a customer at Stripe. */
    private String account() throws SQLException {
        String account = UUID.randomUUID().toString();
        execute("insert into account (id, issuer, subject, created_at) values ('%1$s', 'test', '%1$s', now())"
                .formatted(account));
        return account;
    }

    /** Makes a subscription at Stripe; answers the events that tell of it. */
    private List<Event> subscribe(String account) throws StripeException, SQLException {
        V1Services api = StripeClient.builder()
                .setApiKey(stripe.apiKey())
                .setApiBase(stripe.url())
                .build()
                .v1();
        String customer = api.customers()
                .create(CustomerCreateParams.builder()
                        .putMetadata("test", account)
                        .build())
                .getId();
        execute("insert into customer (id, account_id) values ('%s', '%s')".formatted(customer, account));
        String price = api.prices()
                .list(PriceListParams.builder().addLookupKey("membership_month").build())
                .getData()
                .getFirst()
                .getId();
        api.subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(customer)
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(price)
                                .build())
                        .setDefaultPaymentMethod("pm_card_visa")
                        .build());
        return api.events().list(EventListParams.builder().setLimit(100L).build()).getData().stream()
                .filter(event -> event.toJson().contains("\"" + customer + "\""))
                .toList()
                .reversed();
    }

    private CompletableFuture<Integer> deliver(String url, Event event) {
        byte[] body = body(event);
        var request = HttpRequest.newBuilder(URI.create(url + "/v1/webhooks/stripe"))
                .header("Stripe-Signature", signature(body))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return http.sendAsync(request, BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    private CompletableFuture<Integer> sendHalf(String url, Event event) throws IOException {
        byte[] body = body(event);
        // closed by the end of whom it talks to
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort());
        socket.getOutputStream()
                .write(
                        "POST /v1/webhooks/stripe HTTP/1.1\r\nHost: x\r\nStripe-Signature: %s\r\nContent-Length: %d\r\n\r\n"
                                .formatted(signature(body), body.length)
                                .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body, 0, body.length / 2);
        socket.getOutputStream().flush();
        return new CompletableFuture<>();
    }

    private static byte[] body(Event event) {
        return event.toJson().getBytes(StandardCharsets.UTF_8);
    }

    private String signature(byte[] body) {
        return Events.signature(body, stripe.webhookSecret(), MACHINE.instant());
    }

    private static boolean isAcknowledged(CompletableFuture<Integer> answer) {
        return answer.isDone() && !answer.isCompletedExceptionally() && answer.join() == 200;
    }

    private long stored(Event event) throws SQLException {
        return number("select count(*) from inbox where event = '" + event.getId() + "'");
    }

    private long number(String sql) throws SQLException {
        try (var statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
