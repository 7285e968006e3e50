package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static dev.gatefold.testing.TestPayments.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatefold.kernel.Problem;
import dev.gatefold.platform.secrets.SecretSettings;
import dev.gatefold.subscriptions.model.ProviderName;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.SubscriptionKey;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import dev.gatefold.subscriptions.model.Subscriptions;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that Stripe rejects: never an internal error, and "try again" only where that can help. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class CancellationRefusalTest {
    @Inject
    StripeIdempotencyKeys keys;

    @Inject
    SubscriptionSync sync;

    @Inject
    Subscriptions subscriptions;

    private HttpServer server;
    private StripeCancellation cancellation;
    private Subscription subscription;
    private int rejection;
    private String current;

    @BeforeEach
    void startRejectingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::respond);
        server.start();
        SmallRyeConfig settings = new SmallRyeConfigBuilder()
                .withMapping(StripeConfig.class)
                .withDefaultValue(
                        "gatefold.stripe.api-base",
                        "http://127.0.0.1:" + server.getAddress().getPort())
                .withDefaultValue("gatefold.stripe.api-key", "sk_test_secret")
                .addDiscoveredConverters()
                .build();
        StripeConfig config = settings.getConfigMapping(StripeConfig.class);
        StripeCalls calls = new StripeCalls(
                config,
                new StripeSecrets(new SecretSettings(settings)),
                new StripeThrottle(config),
                new StripeCallObserver(
                        new SimpleMeterRegistry(), OpenTelemetry.noop().getTracer("test")));
        cancellation =
                new StripeCancellation(new StripeSubscriptionApi(calls), new StripeInvoiceApi(calls), keys, sync);
        subscription = recorded(subscribe(newAccountToken()));
        current = subscription("active", "null");
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    /** Answers reads with the current subscription, and rejects changes. */
    private void respond(HttpExchange request) throws IOException {
        boolean read = request.getRequestMethod().equals("GET");
        int status = read ? (current == null ? 404 : 200) : rejection;
        String body = read && current != null
                ? current
                : "{\"error\": {\"type\": \"invalid_request_error\", \"code\": \"resource_missing\"}}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        request.sendResponseHeaders(status, bytes.length);
        request.getResponseBody().write(bytes);
        request.close();
    }

    private String subscription(String status, String schedule) {
        return "{\"id\": \"%s\", \"object\": \"subscription\", \"status\": \"%s\", \"schedule\": %s, "
                        .formatted(subscription.id(), status, schedule)
                + "\"cancel_at_period_end\": true}";
    }

    private Subscription recorded(String id) {
        var key = new SubscriptionKey(ProviderName.STRIPE, id);
        return QuarkusTransaction.requiringNew().call(() -> subscriptions.findById(key));
    }

    private List<Consumer<Subscription>> changes() {
        return List.of(cancellation::cancelAtPeriodEnd, cancellation::cancelNow, cancellation::undo);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 402, 404})
    void refusalIsAConflictThatNamesThePortal(int status) {
        rejection = status;
        // a subscription that Stripe does not find needs no end
        List<Consumer<Subscription>> refused =
                status == 404 ? List.of(cancellation::cancelAtPeriodEnd, cancellation::undo) : changes();

        for (Consumer<Subscription> change : refused) {
            assertThatThrownBy(() -> change.accept(subscription)).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.status()).isEqualTo(409);
                assertThat(problem.code()).isEqualTo("cancellation-refused");
                assertThat(problem.getMessage()).contains("POST /v1/me/portal");
                assertThat(problem.getMessage()).doesNotContainIgnoringCase("again");
            });
        }
    }

    @Test
    void refusalOfAScheduledSubscriptionNamesTheSchedule() {
        rejection = 400;
        current = subscription("active", "\"sub_sched_1\"");

        for (Consumer<Subscription> change : changes()) {
            assertThatThrownBy(() -> change.accept(subscription))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("managed-by-schedule"));
        }
    }

    @ParameterizedTest
    @CsvSource({"400, canceled", "404, canceled", "404, incomplete_expired", "404, "})
    void changeOfASubscriptionThatHasEndedIsNotRefused(int status, String found) {
        rejection = status;
        current = found == null ? null : subscription(found, "null");
        callStripe(() -> stripeClient().subscriptions().cancel(subscription.id()));

        cancellation.cancelNow(subscription);
        cancellation.cancelAtPeriodEnd(subscription);

        runDueWork();
        assertThat(recorded(subscription.id()).status()).isEqualTo(SubscriptionStatus.CANCELED);
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 429, 500, 503})
    void temporaryFailureCanBeRepeated(int status) {
        rejection = status;

        for (Consumer<Subscription> change : changes()) {
            assertThatThrownBy(() -> change.accept(subscription))
                    .isInstanceOfSatisfying(StripeFailure.class, failure -> {
                        assertThat(failure.isRetryable()).isTrue();
                        assertThat(failure.toProblem())
                                .isInstanceOfSatisfying(
                                        Problem.class,
                                        problem -> assertThat(problem.status()).isEqualTo(503));
                    });
        }
    }

    @Test
    void invoiceThatStripeDoesNotVoidStaysDue() {
        rejection = 400;

        cancellation.voidInvoices(subscription, List.of("in_unknown"));

        assertThat(recorded(subscription.id()).status()).isEqualTo(SubscriptionStatus.ACTIVE);
    }
}
