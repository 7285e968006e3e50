package dev.gatefold.sandbox.stripe.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.CardException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionCreateParams.TrialSettings.EndBehavior.MissingPaymentMethod;
import com.stripe.param.SubscriptionUpdateParams;
import dev.gatefold.sandbox.stripe.StripeSandboxFixture;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Declined cards, missing payment methods and bank debits in the sandbox. */
class SandboxPaymentFailureTest {
    private final StripeSandboxFixture fixture = new StripeSandboxFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void setCardBehaviour(Subscription subscription, String behaviour) {
        fixture.put(
                "/controls/customers/" + subscription.getCustomer() + "/card",
                "{\"behaviour\": \"" + behaviour + "\"}");
    }

    private Invoice latestInvoice(Subscription subscription) throws Exception {
        String id = fixture.subscription(subscription.getId()).getLatestInvoice();
        return fixture.stripe.invoices().retrieve(id);
    }

    @Test
    void failedRenewalIsRetriedThreeTimesThenCanceled() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        setCardBehaviour(subscription, "DECLINES");

        fixture.moveClockTo("2027-02-10T12:30:00Z");
        assertThat(fixture.status(subscription)).as("for an hour it is a draft").isEqualTo("active");
        assertThat(latestInvoice(subscription).getStatus()).isEqualTo("draft");

        fixture.moveClockTo("2027-02-10T13:00:00Z");
        assertThat(fixture.status(subscription)).isEqualTo("past_due");
        assertThat(latestInvoice(subscription).getNextPaymentAttempt()).isEqualTo(epoch("2027-02-13T13:00:00Z"));

        fixture.moveClockTo("2027-02-25T12:59:59Z");
        assertThat(fixture.status(subscription)).isEqualTo("past_due");
        assertThat(latestInvoice(subscription).getAttemptCount()).isEqualTo(3);

        fixture.moveClockTo("2027-02-25T13:00:00Z");
        assertThat(fixture.status(subscription)).isEqualTo("canceled");
        assertThat(fixture.subscription(subscription.getId())
                        .getCancellationDetails()
                        .getReason())
                .isEqualTo("payment_failed");
        assertThat(latestInvoice(subscription).getStatus()).isEqualTo("open");
    }

    @Test
    void failedRenewalCanEndAsUnpaid() throws Exception {
        fixture.put("/controls/billing", "{\"afterRetries\": \"UNPAID\"}");
        Subscription subscription = fixture.createSubscription("pay", 0);
        setCardBehaviour(subscription, "DECLINES");

        fixture.moveClockTo("2027-02-26T00:00:00Z");
        assertThat(fixture.status(subscription)).isEqualTo("unpaid");

        setCardBehaviour(subscription, "GOOD");
        fixture.stripe.invoices().pay(latestInvoice(subscription).getId());
        assertThat(fixture.status(subscription)).isEqualTo("active");
    }

    @Test
    void newCardSucceedsAtNextRetry() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        setCardBehaviour(subscription, "DECLINES");
        fixture.moveClockTo("2027-02-11T00:00:00Z");
        setCardBehaviour(subscription, "GOOD");
        assertThat(fixture.status(subscription)).isEqualTo("past_due");

        fixture.moveClockTo("2027-02-13T13:00:00Z");

        assertThat(fixture.status(subscription)).isEqualTo("active");
        assertThat(latestInvoice(subscription).getAmountPaid()).isEqualTo(999);
    }

    @Test
    void manualPaymentKeepsRetrySchedule() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        setCardBehaviour(subscription, "DECLINES");
        fixture.moveClockTo("2027-02-11T00:00:00Z");
        Invoice before = latestInvoice(subscription);

        assertThatThrownBy(() -> fixture.stripe.invoices().pay(before.getId()))
                .isInstanceOfSatisfying(CardException.class, it -> {
                    assertThat(it.getCode()).isEqualTo("card_declined");
                    assertThat(it.getStatusCode()).isEqualTo(402);
                });

        Invoice after = latestInvoice(subscription);
        assertThat(after.getAttemptCount()).isEqualTo(before.getAttemptCount());
        assertThat(after.getNextPaymentAttempt()).isEqualTo(before.getNextPaymentAttempt());
    }

    private Subscription create(
            Customer customer, String method, long trialDays, MissingPaymentMethod missingPaymentMethod)
            throws Exception {
        var params = SubscriptionCreateParams.builder()
                .setCustomer(customer.getId())
                .addItem(SubscriptionCreateParams.Item.builder()
                        .setPrice(fixture.priceId("membership_month"))
                        .build());
        if (method != null) {
            params.setDefaultPaymentMethod(method);
        }
        if (trialDays > 0) {
            params.setTrialPeriodDays(trialDays);
        }
        if (missingPaymentMethod != null) {
            params.setTrialSettings(SubscriptionCreateParams.TrialSettings.builder()
                    .setEndBehavior(SubscriptionCreateParams.TrialSettings.EndBehavior.builder()
                            .setMissingPaymentMethod(missingPaymentMethod)
                            .build())
                    .build());
        }
        return fixture.stripe.subscriptions().create(params.build());
    }

    @Test
    void failedFirstPaymentExpiresAfter23Hours() throws Exception {
        Subscription subscription =
                create(fixture.createCustomer("ann@example.com"), "pm_card_chargeCustomerFail", 0, null);
        assertThat(subscription.getStatus()).isEqualTo("incomplete");

        fixture.advance(Duration.ofHours(23).minusSeconds(1));
        assertThat(fixture.status(subscription)).isEqualTo("incomplete");

        fixture.advance(Duration.ofSeconds(1));
        assertThat(fixture.status(subscription)).isEqualTo("incomplete_expired");
        assertThat(latestInvoice(subscription).getStatus()).isEqualTo("void");
    }

    @Test
    void failedFirstPaymentCanBePaidLater() throws Exception {
        Subscription subscription =
                create(fixture.createCustomer("ann@example.com"), "pm_card_chargeCustomerFail", 0, null);
        setCardBehaviour(subscription, "GOOD");

        fixture.stripe.invoices().pay(latestInvoice(subscription).getId());

        assertThat(fixture.status(subscription)).isEqualTo("active");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            CANCEL,         canceled, customer.subscription.deleted
            PAUSE,          paused,   customer.subscription.paused
            CREATE_INVOICE, past_due, customer.subscription.updated
            """)
    void trialEndWithoutCardFollowsRequestedBehavior(
            MissingPaymentMethod missingPaymentMethod, String status, String lastEvent) throws Exception {
        Subscription subscription = create(fixture.createCustomer("ben@example.com"), null, 14, missingPaymentMethod);
        assertThat(subscription.getStatus()).isEqualTo("trialing");
        assertThat(latestInvoice(subscription).getAmountPaid()).isZero();
        assertThat(latestInvoice(subscription).getStatus()).isEqualTo("paid");

        fixture.advanceDays(15);

        assertThat(fixture.status(subscription)).isEqualTo(status);
        assertThat(fixture.eventTypes()).endsWith(lastEvent);
    }

    @Test
    void pausedTrialResumesWithCard() throws Exception {
        Subscription subscription =
                create(fixture.createCustomer("ben@example.com"), null, 14, MissingPaymentMethod.PAUSE);
        fixture.advanceDays(20);
        setCardBehaviour(subscription, "GOOD");

        fixture.stripe.subscriptions().resume(subscription.getId());

        Subscription resumed = fixture.subscription(subscription.getId());
        assertThat(resumed.getStatus()).isEqualTo("active");
        assertThat(resumed.getItems().getData().getFirst().getCurrentPeriodStart())
                .isEqualTo(fixture.clock.instant().getEpochSecond());
        assertThat(fixture.eventTypes()).endsWith("customer.subscription.resumed");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            true,  active,   checkout.session.async_payment_succeeded, paid
            false, past_due, checkout.session.async_payment_failed,    unpaid
            """)
    void bankDebitResultArrivesLater(boolean succeeds, String status, String lastEvent, String paymentStatus)
            throws Exception {
        Subscription subscription = fixture.createSubscription("pay-with-delay", 0);
        assertThat(subscription.getStatus()).isEqualTo("active");
        assertThat(session().getStatus()).isEqualTo("complete");
        assertThat(session().getPaymentStatus()).isEqualTo("unpaid");
        assertThat(fixture.eventTypes()).endsWith("checkout.session.completed");

        fixture.post(
                "/controls/subscriptions/" + subscription.getId() + "/settle-delayed",
                "{\"succeeds\": " + succeeds + "}");

        assertThat(fixture.status(subscription)).isEqualTo(status);
        assertThat(session().getPaymentStatus()).isEqualTo(paymentStatus);
        assertThat(fixture.eventTypes()).endsWith(lastEvent);
    }

    private Session session() throws Exception {
        return fixture.stripe.checkout().sessions().list().getData().getFirst();
    }

    @Test
    void bankDebitSettlesAutomatically() throws Exception {
        fixture.createSubscription("pay-with-delay", 0);

        fixture.advanceDays(5);

        assertThat(session().getPaymentStatus()).isEqualTo("paid");
    }

    @Test
    void declinedPaymentStaysAtCheckout() throws Exception {
        Session session = fixture.createCheckout(fixture.createCustomer("ann@example.com"), 0);

        fixture.post("/controls/sessions/" + session.getId() + "/decline", "");
        assertThat(session().getStatus()).isEqualTo("open");
        assertThat(fixture.eventTypes()).endsWith("charge.failed", "payment_intent.payment_failed");

        fixture.post("/controls/sessions/" + session.getId() + "/pay", "");
        assertThat(session().getStatus()).isEqualTo("complete");
    }

    @Test
    void pausedCollectionKeepsStatusAndVoidsInvoices() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        var pause = SubscriptionUpdateParams.PauseCollection.builder()
                .setBehavior(SubscriptionUpdateParams.PauseCollection.Behavior.VOID)
                .build();
        fixture.stripe
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .setPauseCollection(pause)
                                .build());

        fixture.moveClockTo("2027-02-10T13:00:00Z");

        assertThat(fixture.status(subscription)).isEqualTo("active");
        assertThat(latestInvoice(subscription).getStatus()).isEqualTo("void");
    }

    @Test
    void subscriptionCanBeMarkedUnpaid() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);

        fixture.post("/controls/subscriptions/" + subscription.getId() + "/mark-unpaid", "");

        assertThat(fixture.status(subscription)).isEqualTo("unpaid");
    }

    private static long epoch(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }
}
