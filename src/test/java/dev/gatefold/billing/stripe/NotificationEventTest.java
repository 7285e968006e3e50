package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.ReaderAssertions.assertDenied;
import static dev.gatefold.testing.ReaderAssertions.assertGranted;
import static dev.gatefold.testing.ReaderAssertions.membership;
import static dev.gatefold.testing.StripeWebhookClient.deliver;
import static dev.gatefold.testing.StripeWebhookClient.eventJson;
import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.customerOf;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.setCardBehaviour;
import static dev.gatefold.testing.TestPayments.setWebhookMode;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static dev.gatefold.testing.TestPayments.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that name their object only, events about payment methods, and events of erased customers. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class NotificationEventTest {
    @Inject
    DataSource database;

    private static String newEventId() {
        return "evt_" + UUID.randomUUID().toString().replace("-", "");
    }

    private static void notifyOf(String type, String relatedType, String id) {
        deliver("""
                {"id": "%s", "object": "v2.core.event", "type": "%s", "created": "2026-11-23T10:00:00.000Z",
                 "livemode": false, "related_object": {"id": "%s", "type": "%s", "url": "/v1/x/%s"}}\
                """.formatted(newEventId(), type, id, relatedType, id)).then().statusCode(200);
        runDueWork();
    }

    private static String invoiceOf(String subscription) {
        return callStripe(
                () -> stripeClient().subscriptions().retrieve(subscription).getLatestInvoice());
    }

    @ParameterizedTest
    @CsvSource({
        "v1.customer.subscription.deleted, subscription",
        "v1.customer.subscription.deleted, customer.subscription",
        "v1.invoice.updated, invoice",
        "v1.customer.updated, customer"
    })
    void notificationLeadsToSync(String type, String relatedType) {
        String reader = newAccountToken();
        String subscription = subscribe(reader);
        runDueWork();
        setWebhookMode("DROP");
        callStripe(() -> stripeClient().subscriptions().cancel(subscription));
        assertGranted(reader, "MEMBER");

        String id = switch (relatedType) {
            case "invoice" -> invoiceOf(subscription);
            case "customer" -> customerOf(subscription);
            default -> subscription;
        };
        notifyOf(type, relatedType, id);

        assertDenied(reader, "MEMBERSHIP_ENDED");
    }

    private static String overdue(String reader) {
        String subscription = subscribe(reader);
        setCardBehaviour(subscription, "DECLINES");
        Instant paidUntil = Instant.parse(membership(reader).extract().path("subscription.paidUntil"));
        advanceClock(Duration.between(serviceNow(), paidUntil).plusDays(8));
        membership(reader).body("state", is("PAST_DUE"));
        return subscription;
    }

    @Test
    void newCardPaysOpenInvoice() {
        String reader = newAccountToken();
        String subscription = overdue(reader);

        setCardBehaviour(subscription, "GOOD");
        runDueWork();

        assertGranted(reader, "MEMBER");
        membership(reader).body("state", is("ACTIVE"));
    }

    @Test
    void declinedNewCardIsNoFailure() throws SQLException {
        String reader = newAccountToken();
        String subscription = overdue(reader);

        setCardBehaviour(subscription, "DECLINES");
        runDueWork();

        membership(reader).body("state", is("PAST_DUE"));
        assertThat(text(
                        "select count(*) from inbox_event where outcome = 'FAILED' and customer_id = ?",
                        customerOf(subscription)))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"object\": \"payment_method\", \"customer\": \"%s\", \"billing_details\": {\"name\": \"A\"}}",
                "{\"object\": \"setup_intent\", \"customer\": \"%s\"}",
                "{\"object\": \"checkout.session\", \"customer\": {\"id\": \"%s\"}, \"customer_details\": {\"name\": \"A\"}}",
                "{\"object\": \"thing\", \"charge\": {\"customer\": \"%s\"}}",
                "{\"object\": \"dispute\", \"charge\": \"ch_1\", \"evidence\": {\"customer_name\": \"A\"}}"
            })
    void eventAfterErasureIsStoredWithoutItsBody(String object) throws SQLException {
        String reader = newAccountToken();
        String customer = customerOf(subscribe(reader));
        withBearerToken(reader).delete("/v1/me").then().statusCode(202);
        String id = newEventId();

        deliver(eventJson(id, "thing.updated", object.formatted(customer)))
                .then()
                .statusCode(200);

        assertThat(text("select length(payload) from inbox_event where event_id = ?", id))
                .isEqualTo("0");
    }

    @Test
    void syncAfterErasureStoresNoHostedInvoices() throws SQLException {
        String reader = newAccountToken();
        String subscription = subscribe(reader);
        String pages = "select count(hosted_url) from subscription_invoice where subscription_id = ?";
        assertThat(text(pages, subscription)).isEqualTo("1");
        withBearerToken(reader).delete("/v1/me").then().statusCode(202);

        notifyOf("v1.customer.subscription.updated", "subscription", subscription);

        assertThat(text(pages, subscription)).isEqualTo("0");
    }

    private String text(String query, String parameter) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(query)) {
            statement.setString(1, parameter);
            try (var rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getString(1);
            }
        }
    }
}
