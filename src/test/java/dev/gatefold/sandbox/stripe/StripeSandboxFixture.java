package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.service.V1Services;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A Stripe sandbox with Stripe's own client library and a clock that stands still until it is moved. */
public final class StripeSandboxFixture implements AutoCloseable {
    public static final Instant START = Instant.parse("2027-01-10T12:00:00Z");

    /** A clock that stands still until it is moved. */
    public static final class ManualClock extends Clock {
        private volatile Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }
    }

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static {
        Stripe.enableTelemetry = false;
    }

    public final ManualClock clock = new ManualClock();
    public final StripeSandbox sandbox;
    public final V1Services stripe;

    public StripeSandboxFixture() {
        this(null);
    }

    public StripeSandboxFixture(Path stateFile) {
        sandbox = stateFile == null ? StripeSandbox.startOnFreePort(clock) : StripeSandbox.start(clock, stateFile);
        stripe = client(sandbox.apiKey());
    }

    /** Starts a receiver and registers it as the webhook URL. */
    public SandboxWebhookReceiver receiver() {
        SandboxWebhookReceiver receiver = new SandboxWebhookReceiver(sandbox.webhookSecret());
        put("/controls/webhooks", "{\"url\": \"" + receiver.url() + "\"}");
        return receiver;
    }

    public V1Services client(String key) {
        return StripeClient.builder()
                .setApiKey(key)
                .setApiBase(sandbox.url())
                .setMaxNetworkRetries(0)
                .setReadTimeout(5000)
                .build()
                .v1();
    }

    public void moveClockTo(String instant) {
        clock.now = Instant.parse(instant);
        sandbox.processDue();
    }

    public void advance(Duration time) {
        clock.now = clock.now.plus(time);
        sandbox.processDue();
    }

    public void advanceDays(int days) {
        advance(Duration.ofDays(days));
    }

    public Customer createCustomer(String email) throws StripeException {
        return stripe.customers()
                .create(CustomerCreateParams.builder().setEmail(email).build());
    }

    public String priceId(String lookup) throws StripeException {
        return stripe.prices()
                .list(PriceListParams.builder().addLookupKey(lookup).build())
                .getData()
                .getFirst()
                .getId();
    }

    /** Creates a Checkout session of the monthly membership. Without trial days, payment is due at once. */
    public Session createCheckout(Customer customer, long trialDays) throws StripeException {
        var data = SessionCreateParams.SubscriptionData.builder().putMetadata("account", "42");
        if (trialDays > 0) {
            data.setTrialEnd(clock.now.plus(Duration.ofDays(trialDays)).getEpochSecond());
        }
        return stripe.checkout()
                .sessions()
                .create(SessionCreateParams.builder()
                        .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                        .setCustomer(customer.getId())
                        .setClientReferenceId("42")
                        .addLineItem(SessionCreateParams.LineItem.builder()
                                .setPrice(priceId("membership_month"))
                                .setQuantity(1L)
                                .build())
                        .setSubscriptionData(data.build())
                        .setSuccessUrl("http://localhost:8080/return?session_id={CHECKOUT_SESSION_ID}")
                        .setCancelUrl("http://localhost:8080/plans")
                        .build());
    }

    /** Creates a customer and a subscription, paid by the Checkout action {@code pay} or {@code pay-with-delay}. */
    public Subscription createSubscription(String action, long trialDays) throws StripeException {
        Session session = createCheckout(createCustomer("ann@example.com"), trialDays);
        post("/controls/sessions/" + session.getId() + "/" + action, "");
        String id = stripe.checkout().sessions().retrieve(session.getId()).getSubscription();
        return subscription(id);
    }

    public Subscription subscription(String id) throws StripeException {
        return stripe.subscriptions().retrieve(id);
    }

    public String status(Subscription subscription) throws StripeException {
        return subscription(subscription.getId()).getStatus();
    }

    /** Returns the types of all events, oldest first. */
    public List<String> eventTypes() throws StripeException {
        return events().stream().map(Event::getType).toList();
    }

    public List<Event> events() throws StripeException {
        var params = EventListParams.builder().setLimit(100L).build();
        List<Event> newestFirst = new ArrayList<>();
        stripe.events().list(params).autoPagingIterable().forEach(newestFirst::add);
        return newestFirst.reversed();
    }

    public JsonNode put(String path, String body) {
        return json(send("PUT", path, body));
    }

    public JsonNode post(String path, String body) {
        return json(send("POST", path, body));
    }

    /** Calls the API with a form body, and returns the response. Fails on statuses other than 200. */
    public ObjectNode callApi(String method, String path, String form) {
        return (ObjectNode) json(send(
                method,
                "/v1/" + path.replace("[", "%5B").replace("]", "%5D"),
                form,
                "Authorization",
                "Bearer " + sandbox.apiKey()));
    }

    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        try {
            var request = HttpRequest.newBuilder(URI.create(sandbox.url() + path))
                    .method(method, BodyPublishers.ofString(body));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        try {
            return SandboxJson.parse(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
