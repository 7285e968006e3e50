package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.ReaderAssertions.assertDenied;
import static dev.gatefold.testing.ReaderAssertions.assertGranted;
import static dev.gatefold.testing.ReaderAssertions.checkAccess;
import static dev.gatefold.testing.ReaderAssertions.membership;
import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.actOnCheckoutPage;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.customerOf;
import static dev.gatefold.testing.TestPayments.heldEvents;
import static dev.gatefold.testing.TestPayments.reconcile;
import static dev.gatefold.testing.TestPayments.releaseEvents;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.sandboxControl;
import static dev.gatefold.testing.TestPayments.setWebhookMode;
import static dev.gatefold.testing.TestPayments.startCheckout;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static dev.gatefold.testing.TestPayments.subscribe;
import static dev.gatefold.testing.TestPayments.subscriptionOf;
import static dev.gatefold.testing.TestPayments.triggerOnSubscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.gatefold.billing.customer.BillingCustomers;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import dev.gatefold.testing.TestCallers;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Webhooks that arrive late, repeatedly, out of order, or not at all, and those of unknown objects. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class WebhookEffectTest {
    @Inject
    BillingCustomers customers;

    @Test
    void webhookOrderDoesNotAffectState() {
        Instant start = TestCallers.serviceNow();
        setWebhookMode("HOLD");
        String reader = newAccountToken();
        String subscription = subscriptionOf(subscribeWithHeldWebhooks(reader));
        triggerOnSubscription(subscription, "cancel");

        releaseEvents(heldEvents().reversed());

        checkAccess(reader).body("granted", is(false));
        sandboxControl(
                "POST",
                "/webhooks/replay",
                Map.of("since", start.minusSeconds(5).toString()));
        runDueWork();
        checkAccess(reader).body("granted", is(false));
    }

    private static String subscribeWithHeldWebhooks(String reader) {
        String session = startCheckout(reader);
        actOnCheckoutPage(session, "pay");
        return session;
    }

    @Test
    void webhooksOfSameSecondMayArriveReversed() {
        setWebhookMode("HOLD");
        String reader = newAccountToken();
        actOnCheckoutPage(startCheckout(reader), "pay");

        releaseEvents(heldEvents().reversed());

        assertGranted(reader, "MEMBER");
    }

    @Test
    void replayedOldWebhookChangesNothing() {
        setWebhookMode("HOLD");
        String reader = newAccountToken();
        String subscription = subscriptionOf(subscribeWithHeldWebhooks(reader));
        List<String> old = heldEvents();
        releaseEvents(old);
        assertGranted(reader, "MEMBER");
        advanceClock(Duration.ofDays(3));
        setWebhookMode("DELIVER");
        triggerOnSubscription(subscription, "cancel");
        runDueWork();
        assertDenied(reader, "MEMBERSHIP_ENDED");

        old.forEach(event -> sandboxControl("POST", "/webhooks/replay", Map.of("event", event)));
        runDueWork();

        assertDenied(reader, "MEMBERSHIP_ENDED");
    }

    @Test
    void lostWebhookIsRecoveredByReconciliation() {
        setWebhookMode("DROP");
        String paying = newAccountToken();
        String canceled = newAccountToken();
        String subscription = subscribe(canceled);
        reconcile(); // by then the page of the checkout is closed, which syncs the subscription once more
        actOnCheckoutPage(startCheckout(paying), "pay");
        triggerOnSubscription(subscription, "cancel");
        assertDenied(paying, "MEMBERSHIP_REQUIRED");
        assertGranted(canceled, "MEMBER");

        reconcile().body("drift", is(2));

        assertGranted(paying, "MEMBER");
        assertDenied(canceled, "MEMBERSHIP_ENDED");
        reconcile().body("drift", is(0), "undelivered", is(0));
    }

    @Test
    void deletedCustomerEndsMembershipAndNextCheckoutCreatesNewCustomer() {
        String reader = newAccountToken();
        String subscription = subscribe(reader);
        String customer = customerOf(subscription);

        callStripe(() -> stripeClient().customers().delete(customer));
        runDueWork();

        assertDenied(reader, "MEMBERSHIP_ENDED");
        String next = subscribe(reader);
        assertThat(customerOf(next)).isNotEqualTo(customer);
        assertGranted(reader, "MEMBER");
    }

    @Test
    void checkoutCreatesNewCustomerWithoutDeletionWebhook() {
        String reader = newAccountToken();
        String subscription = subscribe(reader);
        setWebhookMode("DROP");
        callStripe(() -> stripeClient().customers().delete(customerOf(subscription)));

        subscribe(reader);

        assertGranted(reader, "MEMBER");
    }

    @Test
    void webhookOfUnknownCustomerWaitsUntilCustomerIsKnown() {
        String reader = newAccountToken();
        UUID account = UUID.fromString(withBearerToken(reader).get("/v1/me").path("id"));
        String customer = callStripe(() -> stripeClient()
                .customers()
                .create(CustomerCreateParams.builder().build())
                .getId());
        String price = callStripe(() -> stripeClient()
                .prices()
                .list(PriceListParams.builder().addLookupKey("membership_month").build())
                .getData()
                .getFirst()
                .getId());
        callStripe(() -> stripeClient()
                .subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(customer)
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(price)
                                .build())
                        .setDefaultPaymentMethod("pm_card_visa")
                        .build()));
        runDueWork();
        assertDenied(reader, "MEMBERSHIP_REQUIRED");

        customers.link(StripeBilling.PROVIDER, customer, account);
        runDueWork();

        assertGranted(reader, "MEMBER");
    }

    @Test
    void pausedCollectionChangesNothing() {
        String reader = newAccountToken();
        String subscription = subscribe(reader);

        callStripe(() -> stripeClient()
                .subscriptions()
                .update(
                        subscription,
                        SubscriptionUpdateParams.builder()
                                .setPauseCollection(SubscriptionUpdateParams.PauseCollection.builder()
                                        .setBehavior(SubscriptionUpdateParams.PauseCollection.Behavior.VOID)
                                        .build())
                                .build()));
        advanceClock(Duration.ofDays(40));

        assertGranted(reader, "MEMBER");
    }

    @Test
    void webhookOfForeignCustomerOrPriceIsIgnored() {
        String reader = newAccountToken();
        String subscription = subscribe(reader);
        String foreignPrice = callStripe(() -> stripeClient()
                        .prices()
                        .create(PriceCreateParams.builder()
                                .setCurrency("usd")
                                .setUnitAmount(100L)
                                .setProductData(PriceCreateParams.ProductData.builder()
                                        .setName("Socks")
                                        .build())
                                .setRecurring(PriceCreateParams.Recurring.builder()
                                        .setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                                        .build())
                                .build()))
                .getId();
        String other = newAccountToken();
        String customer = customerOf(subscribe(other));
        callStripe(() -> stripeClient()
                .subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(customer)
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(foreignPrice)
                                .build())
                        .setDefaultPaymentMethod("pm_card_visa")
                        .build()));
        runDueWork();

        membership(other).body("grants.size()", is(1));
        assertGranted(reader, "MEMBER");
        assertThat(subscription).isNotBlank();
    }

    @Test
    void replayedWebhooksHaveOneEffect() {
        Instant start = TestCallers.serviceNow();
        String reader = newAccountToken();
        subscribe(reader);
        runDueWork();
        int version = membership(reader).extract().path("version");

        IntStream.range(0, 5)
                .forEach(_ -> sandboxControl(
                        "POST",
                        "/webhooks/replay",
                        Map.of("since", start.minusSeconds(5).toString())));
        runDueWork();

        membership(reader).body("version", is(version), "grants.size()", is(1));
    }
}
