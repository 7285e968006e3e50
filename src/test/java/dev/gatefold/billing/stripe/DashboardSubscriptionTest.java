package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.ReaderAssertions.assertGranted;
import static dev.gatefold.testing.ReaderAssertions.membership;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestCallers.withRole;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.reconcile;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.setWebhookMode;
import static dev.gatefold.testing.TestPayments.startCheckout;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.SubscriptionCreateParams;
import dev.gatefold.testing.PageClient;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import dev.gatefold.testing.TestGrants;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions that support makes in Stripe's dashboard, and the account ids that link them. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class DashboardSubscriptionTest {
    private static final String CARD = "pm_card_visa";

    private static String accountOf(String reader) {
        return withBearerToken(reader).get("/v1/me").path("id");
    }

    private static String createCustomer(Map<String, String> metadata) {
        return callStripe(() -> stripeClient()
                        .customers()
                        .create(CustomerCreateParams.builder()
                                .setMetadata(metadata)
                                .setPaymentMethod(CARD)
                                .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder()
                                        .setDefaultPaymentMethod(CARD)
                                        .build())
                                .build()))
                .getId();
    }

    private static void subscribe(String customer, Map<String, String> metadata) {
        var monthly = PriceListParams.builder().addLookupKey("membership_month").build();
        callStripe(() -> {
            String price =
                    stripeClient().prices().list(monthly).getData().getFirst().getId();
            return stripeClient()
                    .subscriptions()
                    .create(SubscriptionCreateParams.builder()
                            .setCustomer(customer)
                            .addItem(SubscriptionCreateParams.Item.builder()
                                    .setPrice(price)
                                    .build())
                            .setDefaultPaymentMethod(CARD)
                            .setMetadata(metadata)
                            .build());
        });
        runDueWork();
    }

    private static ValidatableResponse search(String role, Map<String, ?> query) {
        return withRole(role).body(query).post("/admin/v1/accounts/search").then();
    }

    @Test
    void subscriptionOfTheKnownCustomerBelongsToItsAccount() {
        String reader = newAccountToken();
        startCheckout(reader);
        String customer = search("support", Map.of("account", accountOf(reader)))
                .extract()
                .path("items[0].customers[0]");
        Map<String, String> metadata =
                callStripe(() -> stripeClient().customers().retrieve(customer)).getMetadata();
        assertThat(metadata).containsEntry("gatefold_account", accountOf(reader));

        subscribe(customer, Map.of());

        membership(reader).body("state", is("ACTIVE"));
        assertGranted(reader, "MEMBER");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void subscriptionOfANewCustomerBelongsToTheAccountInItsMetadata(boolean webhooks) {
        String reader = newAccountToken();
        setWebhookMode(webhooks ? "DELIVER" : "DROP");

        String customer = createCustomer(Map.of("gatefold_account", accountOf(reader)));
        subscribe(customer, Map.of());
        if (!webhooks) {
            reconcile();
        }

        assertGranted(reader, "MEMBER");
        search("support", Map.of("account", accountOf(reader))).body("items[0].customers", contains(customer));
    }

    @Test
    void metadataOfTheSubscriptionNamesTheAccountToo() {
        String reader = newAccountToken();

        subscribe(createCustomer(Map.of()), Map.of("gatefold_account", accountOf(reader)));

        assertGranted(reader, "MEMBER");
    }

    @Test
    void metadataThatIsAddedLaterLinksTheSubscription() {
        String reader = newAccountToken();
        String customer = createCustomer(Map.of());
        subscribe(customer, Map.of());
        membership(reader).body("state", is("NONE"));

        callStripe(() -> stripeClient()
                .customers()
                .update(
                        customer,
                        CustomerUpdateParams.builder()
                                .putMetadata("gatefold_account", accountOf(reader))
                                .build()));
        runDueWork();

        assertGranted(reader, "MEMBER");
    }

    @ParameterizedTest
    @CsvSource({"not-an-id", "00000000-0000-0000-0000-000000000000", "''"})
    void metadataWithoutAnAccountLinksNothing(String value) {
        String customer = createCustomer(Map.of("gatefold_account", value));

        subscribe(customer, Map.of());

        search("support", Map.of("customer", customer)).body("items.size()", is(0));
    }

    @Test
    void supportFindsAccountByEveryMember() {
        String reader = newAccountToken();
        startCheckout(reader);
        String account = accountOf(reader);
        String email = UUID.randomUUID() + "@Example.com";
        withBearerToken(reader)
                .body(Map.of("email", email))
                .patch("/v1/me")
                .then()
                .statusCode(200);
        Map<String, String> subject = TestGrants.subjectOf(reader);
        Map<String, String> queries = new HashMap<>(
                Map.of("account", account, "subject", subject.get("subject"), "email", email.toLowerCase(Locale.ROOT)));
        queries.put(
                "customer",
                search("admin", Map.of("account", account)).extract().path("items[0].customers[0]"));

        queries.forEach((member, value) -> search("support", Map.of(member, value))
                .statusCode(200)
                .header("Cache-Control", is("no-store"))
                .body("items.id", contains(account))
                .body("items[0].issuer", is(subject.get("issuer")))
                .body("items[0].subject", is(subject.get("subject")))
                .body("items[0].customers.size()", is(1)));
    }

    @Test
    void searchNeedsOneMemberAndTheRole() {
        search("support", Map.of()).statusCode(400);
        search("support", Map.of("subject", "ann", "email", "ann@example.com")).statusCode(400);
        search("support", Map.of("account", "ann")).statusCode(400);
        search("support", Map.of("subject", UUID.randomUUID().toString()))
                .statusCode(200)
                .body("items.size()", is(0));
        search("editor", Map.of("subject", "ann")).statusCode(403);
        withBearerToken(newAccountToken())
                .body(Map.of("subject", "ann"))
                .post("/admin/v1/accounts/search")
                .then()
                .statusCode(403);
    }

    @Test
    void erasedAccountIsNotFound() {
        String reader = newAccountToken();
        String account = accountOf(reader);
        withBearerToken(reader).delete("/v1/me").then().statusCode(202);

        search("support", Map.of("account", account)).statusCode(200).body("items.size()", is(0));
    }

    @Test
    void accountPageShowsTheAccountNumber() {
        String reader = newAccountToken();
        String subject = TestGrants.subjectOf(reader).get("subject");

        assertThat(PageClient.signIn(subject, "en").getOnce("/account").asString())
                .contains("Your account number is " + accountOf(reader));
        assertThat(PageClient.signIn(subject, "de").getOnce("/account").asString())
                .contains("Ihre Kundennummer ist " + accountOf(reader));
    }
}
