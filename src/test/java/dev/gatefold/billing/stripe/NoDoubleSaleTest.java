package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.ReaderAssertions.assertGranted;
import static dev.gatefold.testing.ReaderAssertions.membership;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.actOnCheckoutPage;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.monthlyMembership;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.setStripeApiMode;
import static dev.gatefold.testing.TestPayments.startCheckout;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static dev.gatefold.testing.TestPayments.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import com.stripe.param.PriceListParams;
import com.stripe.param.SubscriptionCreateParams;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import dev.gatefold.testing.TestCallers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What prevents that a reader pays, or uses the free trial, beside a subscription. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class NoDoubleSaleTest {
    private static void assertTrialRefused(String reader, String code) {
        withBearerToken(reader).post("/v1/me/trial").then().statusCode(409).body("code", is(code));
    }

    private static void assertSaleRefused(String reader, String code) {
        startCheckout(reader, monthlyMembership(), UUID.randomUUID().toString())
                .then()
                .statusCode(409)
                .body("code", is(code));
    }

    private static String pageStatus(String session) {
        return callStripe(
                () -> stripeClient().checkout().sessions().retrieve(session).getStatus());
    }

    private static void assertPageExpires(String session) {
        await().atMost(Duration.ofSeconds(20)).until(() -> pageStatus(session).equals("expired"));
    }

    /** Creates a subscription for the customer of an open page, as support staff can. */
    private static String createBeside(String session, SubscriptionCreateParams.PaymentBehavior behavior) {
        String customer = callStripe(
                () -> stripeClient().checkout().sessions().retrieve(session).getCustomer());
        var monthly = PriceListParams.builder().addLookupKey("membership_month").build();
        String price = callStripe(
                () -> stripeClient().prices().list(monthly).getData().getFirst().getId());
        var params = SubscriptionCreateParams.builder()
                .setCustomer(customer)
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(price).build())
                .setPaymentBehavior(behavior);
        if (behavior == SubscriptionCreateParams.PaymentBehavior.ALLOW_INCOMPLETE) {
            params.setDefaultPaymentMethod("pm_card_visa");
        }
        return callStripe(() -> stripeClient().subscriptions().create(params.build()))
                .getId();
    }

    @Test
    void payingMemberCannotSpendTheFreeTrial() {
        String reader = newAccountToken();
        subscribe(reader);

        assertTrialRefused(reader, "already-subscribed");
        assertSaleRefused(reader, "already-subscribed");
        assertGranted(reader, "MEMBER");
    }

    @Test
    void readerWithPendingPaymentIsOfferedNeitherTrialNorSale() {
        String reader = newAccountToken();
        actOnCheckoutPage(startCheckout(reader), "pay-with-delay");
        runDueWork();
        membership(reader).body("state", is("PENDING"));

        assertTrialRefused(reader, "payment-pending");
        assertSaleRefused(reader, "payment-pending");
    }

    @Test
    void openPageExpiresWhenTrialStarts() {
        String reader = newAccountToken();
        String session = startCheckout(reader);

        withBearerToken(reader).post("/v1/me/trial").then().statusCode(201);

        assertPageExpires(session);
        assertThat(startCheckout(reader)).isNotEqualTo(session);
    }

    @Test
    void openPageExpiresAfterAnOutageOfStripe() {
        String reader = newAccountToken();
        String session = startCheckout(reader);
        setStripeApiMode("FAIL");
        withBearerToken(reader).post("/v1/me/trial").then().statusCode(201);
        setStripeApiMode("UP");

        TestCallers.advanceClock(Duration.ofMinutes(2));

        assertPageExpires(session);
    }

    @Test
    void openPageExpiresWhenAnotherSubscriptionBegins() {
        String reader = newAccountToken();
        String session = startCheckout(reader);

        createBeside(session, SubscriptionCreateParams.PaymentBehavior.ALLOW_INCOMPLETE);
        runDueWork();

        assertGranted(reader, "MEMBER");
        assertPageExpires(session);
    }

    @Test
    void incompleteSubscriptionEndsBeforeASale() {
        String reader = newAccountToken();
        String incomplete =
                createBeside(startCheckout(reader), SubscriptionCreateParams.PaymentBehavior.DEFAULT_INCOMPLETE);
        runDueWork();

        String status = callStripe(() -> {
            startCheckout(reader);
            return stripeClient().subscriptions().retrieve(incomplete).getStatus();
        });

        assertThat(status).isEqualTo("incomplete_expired");
    }
}
