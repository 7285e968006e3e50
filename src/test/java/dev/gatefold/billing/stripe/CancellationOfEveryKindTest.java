package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.ReaderAssertions.assertDenied;
import static dev.gatefold.testing.ReaderAssertions.assertGranted;
import static dev.gatefold.testing.ReaderAssertions.membership;
import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.customerOf;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.setCardBehaviour;
import static dev.gatefold.testing.TestPayments.startCheckout;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static dev.gatefold.testing.TestPayments.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.stripe.model.Subscription;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionCreateParams.PaymentBehavior;
import com.stripe.param.SubscriptionCreateParams.TrialSettings.EndBehavior;
import com.stripe.param.SubscriptionCreateParams.TrialSettings.EndBehavior.MissingPaymentMethod;
import com.stripe.param.SubscriptionScheduleCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Cancellation of subscriptions that do not simply end with the paid period. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class CancellationOfEveryKindTest {
    private static ValidatableResponse cancel(String reader) {
        return withBearerToken(reader).put("/v1/me/subscription/cancellation").then();
    }

    private static ValidatableResponse undo(String reader) {
        return withBearerToken(reader)
                .delete("/v1/me/subscription/cancellation")
                .then();
    }

    private static Subscription stripe(String subscription) {
        return callStripe(() -> stripeClient().subscriptions().retrieve(subscription));
    }

    private static List<String> invoiceStatuses(String subscription) {
        var params = InvoiceListParams.builder().setSubscription(subscription).build();
        return callStripe(() -> stripeClient().invoices().list(params).getData()).stream()
                .map(it -> it.getStatus())
                .toList();
    }

    private static SubscriptionCreateParams.Builder monthly(String customer) {
        var params = PriceListParams.builder().addLookupKey("membership_month").build();
        String price = callStripe(
                () -> stripeClient().prices().list(params).getData().getFirst().getId());
        return SubscriptionCreateParams.builder()
                .setCustomer(customer)
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(price).build());
    }

    private static String create(SubscriptionCreateParams.Builder params) {
        String id = callStripe(() -> stripeClient().subscriptions().create(params.build()))
                .getId();
        runDueWork();
        return id;
    }

    private static String account(String reader) {
        return withBearerToken(reader).get("/v1/me").path("id");
    }

    /** Returns the customer of a reader who has started a checkout. */
    private static String newCustomer(String reader) {
        startCheckout(reader);
        String account = account(reader);
        return callStripe(() -> stripeClient().customers().list().getData()).stream()
                .filter(it -> account.equals(it.getMetadata().get("gatefold_account")))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    private static void failRenewal(String reader, String subscription) {
        setCardBehaviour(subscription, "DECLINES");
        Instant paidUntil = Instant.parse(membership(reader).extract().path("subscription.paidUntil"));
        advanceClock(Duration.between(serviceNow(), paidUntil).plusHours(3));
        membership(reader).body("state", is("GRACE"));
    }

    @Test
    void endSomePeriodsAwayIsBroughtForward() {
        String reader = newAccountToken();
        String subscription = subscribe(reader);
        Instant farEnd = serviceNow().plus(Duration.ofDays(100));
        var params = SubscriptionUpdateParams.builder()
                .setCancelAt(farEnd.getEpochSecond())
                .build();
        callStripe(() -> stripeClient().subscriptions().update(subscription, params));
        runDueWork();
        membership(reader).body("state", is("ACTIVE"));

        cancel(reader).statusCode(200).body("state", is("CANCELING"));

        advanceClock(Duration.ofDays(33));
        assertDenied(reader, "MEMBERSHIP_ENDED");
        assertThat(invoiceStatuses(subscription)).containsExactly("paid");
    }

    @Test
    void unpaidPeriodEndsAtOnceAndItsInvoiceIsVoided() {
        String reader = newAccountToken();
        String subscription = subscribe(reader);
        failRenewal(reader, subscription);

        cancel(reader).statusCode(200).body("state", is("ENDED"), "amountDue", nullValue());
        setCardBehaviour(subscription, "GOOD");
        advanceClock(Duration.ofDays(10));

        assertThat(invoiceStatuses(subscription)).containsExactly("void", "paid");
        assertThat(stripe(subscription).getStatus()).isEqualTo("canceled");
        cancel(reader).statusCode(409).body("code", is("no-subscription"));
    }

    @Test
    void renewalThatIsStillADraftIsNotChargedAfterCancellation() {
        String reader = newAccountToken();
        String subscription = subscribe(reader);
        Instant paidUntil = Instant.parse(membership(reader).extract().path("subscription.paidUntil"));
        advanceClock(Duration.between(serviceNow(), paidUntil).plusMinutes(10));

        cancel(reader).statusCode(200);

        advanceClock(Duration.ofDays(10));
        assertThat(invoiceStatuses(subscription)).doesNotContainSequence("paid", "paid");
        assertDenied(reader, "MEMBERSHIP_ENDED");
    }

    @Test
    void subscriptionIsReleasedFromItsSchedule() {
        String reader = newAccountToken();
        String subscription = subscribe(reader);
        schedule(subscription);

        cancel(reader).statusCode(200).body("state", is("CANCELING"));

        assertThat(stripe(subscription).getSchedule()).isNull();
        undo(reader).statusCode(200).body("state", is("ACTIVE"));
        assertThat(stripe(subscription).getSchedule()).isNull();
    }

    @Test
    void refusalBecauseOfScheduleNamesThePortal() {
        String reader = newAccountToken();
        String subscription = subscribe(reader);
        cancel(reader).statusCode(200);
        schedule(subscription);

        undo(reader)
                .statusCode(409)
                .header("Retry-After", nullValue())
                .body("code", is("managed-by-schedule"), "detail", containsString("POST /v1/me/portal"));
    }

    private static void schedule(String subscription) {
        var params = SubscriptionScheduleCreateParams.builder()
                .setFromSubscription(subscription)
                .build();
        callStripe(() -> stripeClient().subscriptionSchedules().create(params));
        runDueWork();
    }

    @Test
    void incompleteSubscriptionCannotBePaidAfterCancellation() {
        String reader = newAccountToken();
        String subscription =
                create(monthly(newCustomer(reader)).setPaymentBehavior(PaymentBehavior.DEFAULT_INCOMPLETE));
        assertThat(stripe(subscription).getStatus()).isEqualTo("incomplete");

        cancel(reader).statusCode(200).body("state", is("NONE"));

        assertThat(stripe(subscription).getStatus()).isEqualTo("incomplete_expired");
        assertThat(invoiceStatuses(subscription)).containsExactly("void");
    }

    @Test
    void subscriptionsOfASecondCustomerAreCanceledToo() {
        String reader = newAccountToken();
        String first = subscribe(reader);
        String second = create(monthly(callStripe(() -> stripeClient()
                        .customers()
                        .create(CustomerCreateParams.builder()
                                .setPaymentMethod("pm_card_visa")
                                .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder()
                                        .setDefaultPaymentMethod("pm_card_visa")
                                        .build())
                                .build())
                        .getId()))
                .putMetadata("gatefold_account", account(reader)));

        cancel(reader).statusCode(200).body("state", is("CANCELING"));

        assertThat(stripe(first).getCancelAtPeriodEnd()).isTrue();
        assertThat(stripe(second).getCancelAtPeriodEnd()).isTrue();
        callStripe(() -> stripeClient().subscriptions().cancel(first));
        runDueWork();
        String portal = withBearerToken(reader).post("/v1/me/portal").path("url");
        assertThat(portal).isNotEmpty();
        undo(reader).statusCode(200).body("state", is("ACTIVE"));
        assertThat(stripe(second).getCancelAtPeriodEnd()).isFalse();
        withBearerToken(reader).delete("/v1/me").then().statusCode(202);
        String customer = customerOf(second);
        assertThat(callStripe(
                        () -> stripeClient().customers().retrieve(customer).getDeleted()))
                .isTrue();
    }

    @Test
    void pausedSubscriptionEndsAtOnceOrResumesWithACard() {
        String leaving = newAccountToken();
        String staying = newAccountToken();
        String ended = pausedTrial(leaving);
        String resumed = pausedTrial(staying);

        cancel(leaving).statusCode(200).body("state", not("PAUSED"));
        assertThat(stripe(ended).getStatus()).isEqualTo("canceled");

        undo(staying).statusCode(409).body("code", is("payment-method-required"));
        setCardBehaviour(resumed, "GOOD");
        undo(staying).statusCode(200).body("state", is("ACTIVE"));
        assertGranted(staying, "MEMBER");
    }

    private static String pausedTrial(String reader) {
        var pause = SubscriptionCreateParams.TrialSettings.builder()
                .setEndBehavior(EndBehavior.builder()
                        .setMissingPaymentMethod(MissingPaymentMethod.PAUSE)
                        .build())
                .build();
        String subscription =
                create(monthly(newCustomer(reader)).setTrialPeriodDays(7L).setTrialSettings(pause));
        advanceClock(Duration.ofDays(8));
        membership(reader).body("state", is("PAUSED"));
        return subscription;
    }
}
