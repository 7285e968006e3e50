package dev.gatefold.testing;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.HasId;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.service.V1Services;
import dev.gatefold.sandbox.control.MovableClock;
import dev.gatefold.sandbox.database.LocalPostgres;
import dev.gatefold.sandbox.issuer.SandboxIssuer;
import dev.gatefold.sandbox.issuer.SandboxTokenSigner;
import dev.gatefold.sandbox.issuer.SandboxUser;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import java.io.Closeable;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What replicas of the service share: a database, an issuer, and a Stripe sandbox behind a recording proxy. */
public final class ReplicaTestEnvironment implements Closeable {
    private static final Clock SYSTEM_CLOCK = Clock.systemUTC();

    private final LocalPostgres postgres = LocalPostgres.ephemeral();
    private final SandboxIssuer issuer = SandboxIssuer.startOnFreePort(SandboxTokenSigner.withNewKey());
    private final StripeSandbox stripe = StripeSandbox.startOnFreePort(new MovableClock());
    private final RecordingStripeProxy stripeProxy = new RecordingStripeProxy(stripe.url());

    public ReplicaTestEnvironment() {
        TestSchema.migrate(postgres);
    }

    /** Starts another replica. {@link PackagedService#url()} waits until it accepts requests. */
    public PackagedService startReplica(Map<String, String> settings) {
        Map<String, String> environment = environment();
        environment.putAll(settings);
        return PackagedService.start(environment, "-Xmx512m");
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(postgres, issuer, stripe));
        environment.put("GATEFOLD_STRIPE_API_BASE", stripeProxy.url());
        return environment;
    }

    public String token(String subject, String... roles) {
        return issuer.accessToken(SandboxUser.of(subject, roles));
    }

    /** An account with a subscription at Stripe, and the undelivered events about it, the oldest first. */
    public record SubscribedAccount(String account, List<Event> events) {
        /** Returns the event {@code customer.subscription.created}. */
        public Event subscriptionCreatedEvent() {
            return events.stream()
                    .filter(event -> event.getType().equals("customer.subscription.created"))
                    .findFirst()
                    .orElseThrow();
        }

        /** Returns the subscription's id at Stripe. */
        public String subscriptionId() {
            return ((HasId) subscriptionCreatedEvent()
                            .getDataObjectDeserializer()
                            .getObject()
                            .orElseThrow())
                    .getId();
        }
    }

    /** Creates an account with a subscription at Stripe, without delivering its events. */
    public SubscribedAccount newSubscribedAccount() throws StripeException, SQLException {
        String account = UUID.randomUUID().toString();
        V1Services api = StripeClient.builder()
                .setApiKey(stripe.apiKey())
                .setApiBase(stripe.url())
                .build()
                .v1();
        String customer =
                api.customers().create(CustomerCreateParams.builder().build()).getId();
        execute("insert into account (id, issuer, subject, created_at) values ('%1$s', 'test', '%1$s', now())"
                .formatted(account));
        execute("insert into customer (provider, id, account_id) values ('STRIPE', '%s', '%s')"
                .formatted(customer, account));
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
        List<Event> newestFirst = api.events()
                .list(EventListParams.builder().setLimit(100L).build())
                .getData();
        return new SubscribedAccount(
                account,
                newestFirst.stream()
                        .filter(event -> event.toJson().contains("\"" + customer + "\""))
                        .toList()
                        .reversed());
    }

    /** Returns the signed webhook request that delivers an event to a replica. */
    public HttpRequest webhookRequest(PackagedService replica, Event event) throws InterruptedException {
        byte[] body = event.toJson().getBytes(StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(URI.create(replica.url() + "/v1/webhooks/stripe"))
                .header("Stripe-Signature", signature(body))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    public String signature(byte[] body) {
        return StripeWebhookClient.signature(body, stripe.webhookSecret(), SYSTEM_CLOCK.instant());
    }

    public long queryNumber(String sql) throws SQLException {
        try (Connection database = openConnection();
                var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    public void execute(String sql) throws SQLException {
        try (Connection database = openConnection();
                var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    public Connection openConnection() throws SQLException {
        return DriverManager.getConnection(postgres.settings().get("quarkus.datasource.jdbc.url"));
    }

    public SandboxIssuer issuer() {
        return issuer;
    }

    public StripeSandbox stripe() {
        return stripe;
    }

    public RecordingStripeProxy stripeProxy() {
        return stripeProxy;
    }

    @Override
    public void close() {
        stripeProxy.close();
        stripe.close();
        issuer.close();
        postgres.close();
    }
}
