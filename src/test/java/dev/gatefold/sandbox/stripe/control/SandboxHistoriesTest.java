package dev.gatefold.sandbox.stripe.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionListParams;
import dev.gatefold.sandbox.stripe.StripeSandboxFixture;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subscriptions that began in the past have the invoices and dates that they would have had by then. */
class SandboxHistoriesTest {
    private static final String CUSTOMER =
            "\"customer\": {\"email\": \"cleo@example.com\", \"metadata\": {\"account\": \"42\"}}";

    private final StripeSandboxFixture fixture = new StripeSandboxFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private JsonNode create(String steps) {
        return fixture.put("/controls/histories", "{" + CUSTOMER + ", \"steps\": [" + steps + "]}");
    }

    private static String checkout(String at) {
        return "{\"at\": \"" + at + "\", \"action\": \"checkout\", \"price\": \"membership_month\"}";
    }

    private List<Subscription> all(String customer) throws StripeException {
        return fixture.stripe
                .subscriptions()
                .list(SubscriptionListParams.builder()
                        .setCustomer(customer)
                        .setStatus(SubscriptionListParams.Status.ALL)
                        .build())
                .getData();
    }

    @Test
    void renewalFailsAtItsOwnTime() throws Exception {
        JsonNode created = create(checkout("2026-12-08T12:00:00Z")
                + ", {\"at\": \"2026-12-09T12:00:00Z\", \"action\": \"card\", \"card\": \"DECLINES\"}");

        Subscription subscription = fixture.subscription(created.path("id").asText());
        assertThat(subscription.getStatus()).isEqualTo("past_due");
        assertThat(subscription.getMetadata()).containsEntry("account", "42");
        List<Invoice> invoices = fixture.stripe
                .invoices()
                .list(InvoiceListParams.builder()
                        .setSubscription(subscription.getId())
                        .build())
                .getData();
        assertThat(invoices).extracting(Invoice::getStatus).containsExactly("open", "paid");
        assertThat(Instant.ofEpochSecond(invoices.getFirst().getCreated()))
                .isEqualTo(Instant.parse("2027-01-08T12:00:00Z"));
    }

    @Test
    void secondHistoryReplacesTheSubscriptionOfTheCustomer() throws Exception {
        JsonNode first = create(checkout("2026-12-08T12:00:00Z")
                + ", {\"at\": \"2026-12-09T12:00:00Z\", \"action\": \"card\", \"card\": \"DECLINES\"}");

        JsonNode second = create(checkout("2027-01-05T12:00:00Z"));

        assertThat(second.path("customer")).isEqualTo(first.path("customer"));
        assertThat(all(second.path("customer").asText()))
                .extracting(Subscription::getStatus)
                .containsExactly("active", "canceled");
        String owed = fixture.subscription(first.path("id").asText()).getLatestInvoice();
        assertThat(fixture.stripe.invoices().retrieve(owed).getStatus()).isEqualTo("void");
    }

    @Test
    void replacedSubscriptionLeavesNoPaymentMethod() throws Exception {
        JsonNode first =
                create(checkout("2026-12-08T12:00:00Z") + ", {\"at\": \"2026-12-09T12:00:00Z\", \"action\": \"card\"}");

        create("");

        String customer = first.path("customer").asText();
        assertThat(all(customer)).extracting(Subscription::getStatus).containsExactly("canceled");
        assertThat(fixture.stripe
                        .customers()
                        .retrieve(customer)
                        .getInvoiceSettings()
                        .getDefaultPaymentMethod())
                .isNull();
    }

    @Test
    void bankDebitOfReplacedSubscriptionFails() throws Exception {
        JsonNode first = create("{\"at\": \"2027-01-09T12:00:00Z\", \"action\": \"checkout\","
                + " \"price\": \"membership_month\", \"card\": \"DELAYED\"}");

        create(checkout("2027-01-05T12:00:00Z"));

        assertThat(fixture.subscription(first.path("id").asText()).getStatus()).isEqualTo("canceled");
    }
}
