package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.actOnCheckoutPage;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.customerOf;
import static dev.gatefold.testing.TestPayments.followReturnUrl;
import static dev.gatefold.testing.TestPayments.monthlyMembership;
import static dev.gatefold.testing.TestPayments.reconcile;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.sandboxControl;
import static dev.gatefold.testing.TestPayments.setCardBehaviour;
import static dev.gatefold.testing.TestPayments.setStripeApiMode;
import static dev.gatefold.testing.TestPayments.setWebhookMode;
import static dev.gatefold.testing.TestPayments.startCheckout;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static dev.gatefold.testing.TestPayments.subscribe;
import static dev.gatefold.testing.TestPayments.subscriptionOf;
import static dev.gatefold.testing.TestPayments.triggerOnSubscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.gatefold.billing.customer.BillingCustomers;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.TestCallers;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens between readers, Stripe and us, played with a Stripe of our own that keeps to its wire format. */
@ServiceTest
class SubscriptionLifecycleTest {
    @Inject
    BillingCustomers customers;

    private Instant today;

    @BeforeEach
    void rememberClock() {
        today = TestCallers.serviceNow();
    }

    @AfterEach
    void restoreClockAndStripe() {
        setStripeApiMode("UP");
        setWebhookMode("DELIVER");
        sandboxControl("PUT", "/billing", Map.of("afterRetries", "CANCEL"));
        TestCallers.moveClockTo(today);
    }

    private static ValidatableResponse checkAccess(String reader) {
        return withBearerToken(reader)
                .queryParam("url", MEMBERS_ONLY)
                .get("/v1/access")
                .then()
                .statusCode(200);
    }

    private static void assertGranted(String reader, String reason) {
        checkAccess(reader).body("granted", is(true), "reason", is(reason));
    }

    private static void assertDenied(String reader, String reason) {
        checkAccess(reader).body("granted", is(false), "reason", is(reason));
    }

    private static ValidatableResponse membership(String reader) {
        return withBearerToken(reader).get("/v1/me/membership").then().statusCode(200);
    }

    private static List<String> heldEventIds() {
        return visitor().get("/dev/stripe/controls").path("held.id");
    }

    private static void releaseEvents(List<String> order) {
        sandboxControl("POST", "/webhooks/release", Map.of("order", order));
        runDueWork();
    }

    @Nested
    class CheckoutCases {
        @Test
        void checkoutReturnGrantsAccessWithOrWithoutWebhook() {
            setWebhookMode("HOLD");
            String reader = newAccountToken();
            Map<String, String> wanted = new HashMap<>(monthlyMembership());
            wanted.put("article", MEMBERS_ONLY + "?utm_source=wall");
            String session = startCheckout(reader, wanted, "a").path("sessionId");
            assertDenied(reader, "MEMBERSHIP_REQUIRED");

            URI back = actOnCheckoutPage(session, "pay");

            assertThat(followReturnUrl(back)).isEqualTo(MEMBERS_ONLY);
            assertGranted(reader, "MEMBER");
            membership(reader)
                    .body("state", is("ACTIVE"))
                    .body("subscription.plan", is("membership"), "subscription.interval", is("MONTH"))
                    .body("subscription.price.amount", is(999))
                    .body("accessUntil", equalTo(membership(reader).extract().path("subscription.paidUntil")));
        }

        @Test
        void webhookGrantsAccessWithoutCheckoutReturn() {
            String reader = newAccountToken();

            actOnCheckoutPage(startCheckout(reader), "pay");
            runDueWork();

            assertGranted(reader, "MEMBER");
        }

        @Test
        void checkoutKeepsRemainingTrialDays() {
            String reader = newTrialToken();
            advanceClock(Duration.ofDays(4));
            String freeUntil = membership(reader).extract().path("trial.endsAt");

            String subscription = subscribe(reader);

            assertThat(callStripe(() -> stripeClient()
                            .subscriptions()
                            .retrieve(subscription)
                            .getTrialEnd()))
                    .isEqualTo(Instant.parse(freeUntil).getEpochSecond());
            membership(reader).body("state", is("TRIAL"), "subscription.status", is("TRIALING"));
            withBearerToken(reader)
                    .put("/v1/me/subscription/cancellation")
                    .then()
                    .body("state", is("CANCELING"));
            withBearerToken(reader)
                    .delete("/v1/me/subscription/cancellation")
                    .then()
                    .body("state", is("TRIAL"));
            advanceClock(Duration.ofDays(11));
            assertGranted(reader, "MEMBER");
            membership(reader).body("state", is("ACTIVE"));
        }

        @Test
        void checkoutRoundsTrialOfLessThanTwoDaysToWholeDays() {
            String reader = newTrialToken();
            advanceClock(Duration.ofDays(13));
            Instant freeUntil = Instant.parse(membership(reader).extract().path("trial.endsAt"));

            String subscription = subscribe(reader);

            assertThat(callStripe(() -> stripeClient()
                            .subscriptions()
                            .retrieve(subscription)
                            .getTrialEnd()))
                    .isGreaterThanOrEqualTo(freeUntil.getEpochSecond())
                    .isLessThan(freeUntil.plus(Duration.ofDays(1)).getEpochSecond());
        }

        @Test
        void checkoutIsRefusedForSubscriber() {
            String reader = newAccountToken();
            subscribe(reader);

            startCheckout(reader, monthlyMembership(), "b")
                    .then()
                    .statusCode(409)
                    .body("code", is("already-subscribed"));
        }

        @Test
        void checkoutIsRefusedForSubscriberWhoseWebhooksWereLost() {
            setWebhookMode("DROP");
            String reader = newAccountToken();
            actOnCheckoutPage(startCheckout(reader), "pay");
            assertDenied(reader, "MEMBERSHIP_REQUIRED");

            startCheckout(reader, monthlyMembership(), "b")
                    .then()
                    .statusCode(409)
                    .body("code", is("already-subscribed"));

            assertGranted(reader, "MEMBER");
        }

        @Test
        void repeatedCheckoutReturnsSameSession() {
            String reader = newAccountToken();
            String page = startCheckout(reader, monthlyMembership(), "a")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("url");

            startCheckout(reader, monthlyMembership(), "a")
                    .then()
                    .statusCode(201)
                    .body("url", is(page));
            startCheckout(reader, Map.of("plan", "membership", "interval", "YEAR"), "a")
                    .then()
                    .statusCode(422)
                    .body("code", is("idempotency-key-reused"));
        }

        @Test
        void openCheckoutSessionIsReusedOnlyForSamePrice() {
            String reader = newAccountToken();
            String first = startCheckout(reader);
            assertThat(startCheckout(reader)).isEqualTo(first);

            String yearly = startCheckout(reader, Map.of("plan", "membership", "interval", "YEAR"), "y")
                    .path("sessionId");

            assertThat(callStripe(() ->
                            stripeClient().checkout().sessions().retrieve(first).getStatus()))
                    .isEqualTo("expired");
            followReturnUrl(actOnCheckoutPage(yearly, "pay"));
            membership(reader).body("subscription.interval", is("YEAR"));
        }

        @Test
        void concurrentCheckoutsCreateOneCustomerAndOneSession() throws Exception {
            String reader = newAccountToken();
            Callable<Integer> attempt = () -> startCheckout(
                            reader, monthlyMembership(), UUID.randomUUID().toString())
                    .statusCode();

            List<Integer> answers = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(8)) {
                for (var answer : threads.invokeAll(Collections.nCopies(8, attempt))) {
                    answers.add(answer.get());
                }
            }

            assertThat(answers).isSubsetOf(201, 409).contains(201);
            String account = withBearerToken(reader).get("/v1/me").path("id");
            assertThat(callStripe(() -> stripeClient().customers().list().getData()))
                    .filteredOn(it -> account.equals(it.getMetadata().get("gatefold_account")))
                    .hasSize(1);
            assertThat(callStripe(
                            () -> stripeClient().checkout().sessions().list().getData()))
                    .filteredOn(it -> account.equals(it.getClientReferenceId()) && "open".equals(it.getStatus()))
                    .hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"plan\": \"membership\"}",
                    "{\"plan\": \"nothing\", \"interval\": \"MONTH\"}",
                    "{\"plan\": \"membership\", \"interval\": \"MONTH\", \"price\": \"price_cheap\"}",
                    "{\"plan\": \"membership\", \"interval\": \"MONTH\", \"article\": \"https://evil.example/a\"}",
                    "{\"plan\": \"membership\", \"interval\": \"MONTH\", \"article\": \"javascript:alert(1)\"}",
                })
        void checkoutOfUnknownPlanIsRejected(String body) {
            withBearerToken(newAccountToken())
                    .header("Idempotency-Key", "a")
                    .body(body)
                    .post("/v1/me/checkout")
                    .then()
                    .statusCode(body.contains("nothing") ? 422 : 400);
        }

        @Test
        void checkoutRequiresAccountAndIdempotencyKey() {
            startCheckout(TestCallers.issueToken(TestCallers.newSubject()), monthlyMembership(), "a")
                    .then()
                    .statusCode(404)
                    .body("code", is("no-account"));
            withBearerToken(newAccountToken())
                    .body(monthlyMembership())
                    .post("/v1/me/checkout")
                    .then()
                    .statusCode(400)
                    .body("code", is("idempotency-key-required"));
        }

        @Test
        void declinedCardGrantsNothing() {
            String reader = newAccountToken();
            String session = startCheckout(reader);

            actOnCheckoutPage(session, "decline");
            runDueWork();

            assertDenied(reader, "MEMBERSHIP_REQUIRED");
            followReturnUrl(actOnCheckoutPage(session, "pay"));
            assertGranted(reader, "MEMBER");
        }

        @Test
        void delayedPaymentGrantsAccessWhenItSucceeds() {
            String reader = newAccountToken();
            String session = startCheckout(reader);
            followReturnUrl(actOnCheckoutPage(session, "pay-with-delay"));
            runDueWork();
            assertDenied(reader, "MEMBERSHIP_REQUIRED");

            triggerOnSubscription(subscriptionOf(session), "settle-delayed", Map.of("succeeds", true));
            runDueWork();

            assertGranted(reader, "MEMBER");
        }

        @Test
        void failedDelayedPaymentGrantsNothing() {
            String reader = newAccountToken();
            String session = startCheckout(reader);
            followReturnUrl(actOnCheckoutPage(session, "pay-with-delay"));

            triggerOnSubscription(subscriptionOf(session), "settle-delayed", Map.of("succeeds", false));
            runDueWork();

            assertDenied(reader, "PAYMENT_FAILED");
        }
    }

    @Nested
    class CheckoutReturnCases {
        @Test
        void repeatedAndConcurrentCheckoutReturnsGrantOnce() throws Exception {
            String reader = newAccountToken();
            URI back = actOnCheckoutPage(startCheckout(reader), "pay");
            Callable<String> comingBack = () -> followReturnUrl(back);

            try (var threads = Executors.newFixedThreadPool(6)) {
                for (var answer : threads.invokeAll(Collections.nCopies(6, comingBack))) {
                    assertThat(answer.get()).endsWith("/");
                }
            }

            assertGranted(reader, "MEMBER");
            membership(reader).body("grants.size()", is(1));
        }

        @Test
        void checkoutReturnOfAnotherReaderRevealsNothing() {
            setWebhookMode("HOLD");
            String ann = newAccountToken();
            String ben = newAccountToken();
            Map<String, String> wanted = new HashMap<>(monthlyMembership());
            wanted.put("article", MEMBERS_ONLY);
            URI back = actOnCheckoutPage(startCheckout(ann, wanted, "a").path("sessionId"), "pay");

            withBearerToken(ben)
                    .redirects()
                    .follow(false)
                    .get(back.getPath() + "?" + back.getQuery())
                    .then()
                    .statusCode(303)
                    .header("Location", endsWith("/"));

            assertDenied(ben, "MEMBERSHIP_REQUIRED");
            assertGranted(ann, "MEMBER");
        }

        @Test
        void checkoutReturnWithoutPaymentGrantsNothing() {
            String reader = newAccountToken();
            String session = startCheckout(reader);
            var path = "/v1/checkout/return?session_id=" + session;

            followReturnUrl(URI.create(path));
            assertDenied(reader, "MEMBERSHIP_REQUIRED");

            callStripe(() -> stripeClient().checkout().sessions().expire(session));
            followReturnUrl(URI.create(path));
            assertDenied(reader, "MEMBERSHIP_REQUIRED");
            visitor()
                    .get("/v1/checkout/return?session_id=cs_test_nothing")
                    .then()
                    .statusCode(404);
        }
    }

    @Nested
    class CancellationCases {
        @Test
        void cancellationKeepsPaidPeriodAndCanBeReverted() {
            String reader = newAccountToken();
            subscribe(reader);
            String paidUntil = membership(reader).extract().path("subscription.paidUntil");

            withBearerToken(reader)
                    .put("/v1/me/subscription/cancellation")
                    .then()
                    .statusCode(200)
                    .body("state", is("CANCELING"), "subscription.endsAt", is(paidUntil), "accessUntil", is(paidUntil));
            assertGranted(reader, "MEMBER");
            withBearerToken(reader)
                    .put("/v1/me/subscription/cancellation")
                    .then()
                    .statusCode(200)
                    .body("state", is("CANCELING"));

            withBearerToken(reader)
                    .delete("/v1/me/subscription/cancellation")
                    .then()
                    .statusCode(200)
                    .body("state", is("ACTIVE"), "subscription.endsAt", nullValue());
            withBearerToken(reader)
                    .put("/v1/me/subscription/cancellation")
                    .then()
                    .body("state", is("CANCELING"));

            TestCallers.moveClockTo(Instant.parse(paidUntil));
            assertDenied(reader, "MEMBERSHIP_ENDED");
            membership(reader).body("state", is("ENDED"));
            subscribe(reader);
            assertGranted(reader, "MEMBER");
        }

        @Test
        void cancellationByCancelAtAloneIsRecognised() {
            String reader = newAccountToken();
            String subscription = subscribe(reader);
            Instant end = TestCallers.serviceNow().plus(Duration.ofDays(10));

            callStripe(() -> stripeClient()
                    .subscriptions()
                    .update(
                            subscription,
                            SubscriptionUpdateParams.builder()
                                    .setCancelAt(end.getEpochSecond())
                                    .build()));
            runDueWork();

            membership(reader).body("state", is("CANCELING"));
            withBearerToken(reader)
                    .delete("/v1/me/subscription/cancellation")
                    .then()
                    .statusCode(200)
                    .body("state", is("ACTIVE"));
        }

        @Test
        void canceledMembershipEndsOnTimeDespiteLateWebhook() {
            String canceled = newAccountToken();
            String renewing = newAccountToken();
            subscribe(canceled);
            subscribe(renewing);
            withBearerToken(canceled)
                    .put("/v1/me/subscription/cancellation")
                    .then()
                    .statusCode(200);
            runDueWork();
            setWebhookMode("HOLD");

            Instant end = Instant.parse(membership(canceled).extract().path("accessUntil"));
            TestCallers.moveClockTo(end.plus(Duration.ofHours(2)));

            assertDenied(canceled, "MEMBERSHIP_ENDED");
            assertGranted(renewing, "MEMBER");
        }

        @Test
        void repeatedCancellationIsSentToStripeDespiteStaleMirror() {
            String reader = newAccountToken();
            String subscription = subscribe(reader);
            withBearerToken(reader)
                    .put("/v1/me/subscription/cancellation")
                    .then()
                    .statusCode(200);
            runDueWork();
            setWebhookMode("DROP");
            triggerOnSubscription(subscription, "undo-cancellation");

            withBearerToken(reader)
                    .put("/v1/me/subscription/cancellation")
                    .then()
                    .body("state", is("CANCELING"));

            assertThat(callStripe(() -> stripeClient()
                            .subscriptions()
                            .retrieve(subscription)
                            .getCancelAtPeriodEnd()))
                    .isTrue();
        }

        @Test
        void cancellationRequiresSubscription() {
            withBearerToken(newAccountToken())
                    .put("/v1/me/subscription/cancellation")
                    .then()
                    .statusCode(409)
                    .body("code", is("no-subscription"));
            withBearerToken(newAccountToken())
                    .post("/v1/me/portal")
                    .then()
                    .statusCode(409)
                    .body("code", is("nothing-bought"));
        }

        @Test
        void cancellationInPortalIsMirrored() {
            String reader = newAccountToken();
            subscribe(reader);

            withBearerToken(reader).post("/v1/me/portal").then().statusCode(201).body("url", not(nullValue()));
        }
    }

    @Nested
    class FailedPaymentCases {
        @Test
        void failedRenewalGivesSevenDaysOfGraceThenDenial() {
            String reader = newAccountToken();
            String subscription = subscribe(reader);
            Instant renewal = Instant.parse(membership(reader).extract().path("subscription.paidUntil"));
            setCardBehaviour(subscription, "DECLINES");

            TestCallers.moveClockTo(renewal.plus(Duration.ofHours(3)));
            assertGranted(reader, "GRACE");
            membership(reader).body("state", is("GRACE"), "subscription.status", is("PAST_DUE"));
            TestCallers.moveClockTo(renewal.plus(Duration.ofDays(7)).minusSeconds(1));
            assertGranted(reader, "GRACE");
            TestCallers.moveClockTo(renewal.plus(Duration.ofDays(7)));
            checkAccess(reader)
                    .body("granted", is(false), "reason", is("PAYMENT_FAILED"))
                    .body("offers.kind", contains("UPDATE_PAYMENT"));
        }

        @Test
        void successfulRetryEndsGrace() {
            String reader = newAccountToken();
            String subscription = subscribe(reader);
            setCardBehaviour(subscription, "DECLINES");
            advanceClock(Duration.ofDays(33));
            assertGranted(reader, "GRACE");

            setCardBehaviour(subscription, "GOOD");
            advanceClock(Duration.ofDays(7));

            assertGranted(reader, "MEMBER");
        }

        @ParameterizedTest
        @ValueSource(strings = {"UNPAID", "CANCEL"})
        void exhaustedRetriesEndMembership(String ending) {
            sandboxControl("PUT", "/billing", Map.of("afterRetries", ending));
            String reader = newAccountToken();
            String subscription = subscribe(reader);
            setCardBehaviour(subscription, "DECLINES");

            advanceClock(Duration.ofDays(50));

            assertDenied(reader, ending.equals("UNPAID") ? "PAYMENT_FAILED" : "MEMBERSHIP_ENDED");
        }

        @Test
        void unpaidMonthsGiveNoAdditionalGrace() {
            sandboxControl("PUT", "/billing", Map.of("afterRetries", "PAST_DUE"));
            String reader = newAccountToken();
            String subscription = subscribe(reader);
            setCardBehaviour(subscription, "DECLINES");

            advanceClock(Duration.ofDays(40));
            assertDenied(reader, "PAYMENT_FAILED");
            advanceClock(Duration.ofDays(22));

            assertDenied(reader, "PAYMENT_FAILED");
        }
    }

    @Nested
    class TrialWithoutCardCases {
        /** As a support desk may set one up: the reader's checkout always takes a card. */
        private String trial(
                String reader, SubscriptionCreateParams.TrialSettings.EndBehavior.MissingPaymentMethod then) {
            startCheckout(reader);
            String account = withBearerToken(reader).get("/v1/me").path("id");
            String customer = callStripe(() -> stripeClient().customers().list().getData()).stream()
                    .filter(it -> account.equals(it.getMetadata().get("gatefold_account")))
                    .findFirst()
                    .orElseThrow()
                    .getId();
            String price = callStripe(() -> stripeClient()
                    .prices()
                    .list(PriceListParams.builder()
                            .addLookupKey("membership_month")
                            .build())
                    .getData()
                    .getFirst()
                    .getId());
            return callStripe(() -> stripeClient()
                    .subscriptions()
                    .create(SubscriptionCreateParams.builder()
                            .setCustomer(customer)
                            .addItem(SubscriptionCreateParams.Item.builder()
                                    .setPrice(price)
                                    .build())
                            .setTrialPeriodDays(7L)
                            .setTrialSettings(SubscriptionCreateParams.TrialSettings.builder()
                                    .setEndBehavior(SubscriptionCreateParams.TrialSettings.EndBehavior.builder()
                                            .setMissingPaymentMethod(then)
                                            .build())
                                    .build())
                            .build())
                    .getId());
        }

        @Test
        void trialPausesWithoutCardAndResumesWithOne() {
            String reader = newAccountToken();
            String subscription =
                    trial(reader, SubscriptionCreateParams.TrialSettings.EndBehavior.MissingPaymentMethod.PAUSE);
            runDueWork();
            assertGranted(reader, "TRIAL");

            advanceClock(Duration.ofDays(8));
            assertDenied(reader, "PAYMENT_FAILED");
            membership(reader).body("state", is("PAUSED"));

            setCardBehaviour(subscription, "GOOD");
            triggerOnSubscription(subscription, "resume");
            runDueWork();
            assertGranted(reader, "MEMBER");
        }

        @Test
        void trialEndCancelsMembershipWithoutCard() {
            String reader = newAccountToken();
            trial(reader, SubscriptionCreateParams.TrialSettings.EndBehavior.MissingPaymentMethod.CANCEL);
            runDueWork();

            advanceClock(Duration.ofDays(8));

            assertDenied(reader, "TRIAL_ENDED");
        }
    }

    @Nested
    class RefundAndDisputeCases {
        @Test
        void refundAndInquiryKeepMembership() {
            String reader = newAccountToken();
            String subscription = subscribe(reader);

            triggerOnSubscription(subscription, "refund");
            triggerOnSubscription(subscription, "inquiry");
            runDueWork();

            assertGranted(reader, "MEMBER");
        }

        @Test
        void disputeSuspendsMembershipUntilWon() {
            String reader = newAccountToken();
            String subscription = subscribe(reader);

            triggerOnSubscription(subscription, "dispute");
            runDueWork();
            assertDenied(reader, "PAYMENT_FAILED");

            triggerOnSubscription(subscription, "win-dispute");
            runDueWork();
            assertGranted(reader, "MEMBER");
        }

        @Test
        void disputeWithLostWebhookIsFoundByReconciliation() {
            String reader = newAccountToken();
            String subscription = subscribe(reader);
            setWebhookMode("DROP");
            triggerOnSubscription(subscription, "dispute");
            reconcile().body("drift", is(1));
            assertDenied(reader, "PAYMENT_FAILED");

            triggerOnSubscription(subscription, "win-dispute");
            reconcile();
            assertGranted(reader, "MEMBER");
        }

        @Test
        void lostDisputeEndsOnlyThePeriodItPaid() {
            String reader = newAccountToken();
            String subscription = subscribe(reader);
            triggerOnSubscription(subscription, "dispute");
            triggerOnSubscription(subscription, "lose-dispute");
            runDueWork();
            assertDenied(reader, "PAYMENT_FAILED");

            advanceClock(Duration.ofDays(33));

            assertGranted(reader, "MEMBER");
        }
    }

    @Nested
    class EventDeliveryCases {
        @Test
        void webhookOrderDoesNotAffectState() {
            setWebhookMode("HOLD");
            String reader = newAccountToken();
            String subscription = subscriptionOf(subscribeWithHeldWebhooks(reader));
            triggerOnSubscription(subscription, "cancel");

            releaseEvents(heldEventIds().reversed());

            checkAccess(reader).body("granted", is(false));
            sandboxControl(
                    "POST",
                    "/webhooks/replay",
                    Map.of("since", today.minusSeconds(5).toString()));
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

            releaseEvents(heldEventIds().reversed());

            assertGranted(reader, "MEMBER");
        }

        @Test
        void replayedOldWebhookChangesNothing() {
            setWebhookMode("HOLD");
            String reader = newAccountToken();
            String subscription = subscriptionOf(subscribeWithHeldWebhooks(reader));
            List<String> old = heldEventIds();
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
            actOnCheckoutPage(startCheckout(paying), "pay");
            String subscription = subscribe(canceled);
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
                    .list(PriceListParams.builder()
                            .addLookupKey("membership_month")
                            .build())
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

            customers.link(customer, account);
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
    }

    @Nested
    class StripeOutageCases {
        @ParameterizedTest
        @ValueSource(strings = {"FAIL", "HANG", "DOWN", "LIMIT"})
        void stripeOutageKeepsAccessAndWebhooksAreProcessedLater(String weather) {
            String reader = newAccountToken();
            String buyer = newAccountToken();
            subscribe(reader);
            setWebhookMode("HOLD");
            actOnCheckoutPage(startCheckout(buyer), "pay");
            setStripeApiMode(weather);

            long start = System.nanoTime();
            List<String> held = heldEventIds();
            sandboxControl("POST", "/webhooks/release", Map.of("order", held));
            assertGranted(reader, "MEMBER");
            String late = newAccountToken();
            startCheckout(late, monthlyMembership(), "a")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", not(nullValue()));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));

            setStripeApiMode("UP");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertGranted(buyer, "MEMBER"));
            startCheckout(late, monthlyMembership(), "a").then().statusCode(201);
        }
    }

    @Test
    void replayedWebhooksHaveOneEffect() {
        String reader = newAccountToken();
        subscribe(reader);
        runDueWork();
        int version = membership(reader).extract().path("version");

        IntStream.range(0, 5)
                .forEach(_ -> sandboxControl(
                        "POST",
                        "/webhooks/replay",
                        Map.of("since", today.minusSeconds(5).toString())));
        runDueWork();

        membership(reader).body("version", is(version), "grants.size()", is(1));
    }
}
