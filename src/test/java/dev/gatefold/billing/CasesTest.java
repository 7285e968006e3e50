package dev.gatefold.billing;

import static dev.gatefold.Actors.MEMBERS_ONLY;
import static dev.gatefold.Actors.advance;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.inTrial;
import static dev.gatefold.Actors.signedUp;
import static dev.gatefold.Actors.visitor;
import static dev.gatefold.Payments.api;
import static dev.gatefold.Payments.ask;
import static dev.gatefold.Payments.at;
import static dev.gatefold.Payments.card;
import static dev.gatefold.Payments.checkout;
import static dev.gatefold.Payments.comeBack;
import static dev.gatefold.Payments.control;
import static dev.gatefold.Payments.customerOf;
import static dev.gatefold.Payments.happens;
import static dev.gatefold.Payments.monthly;
import static dev.gatefold.Payments.reconcile;
import static dev.gatefold.Payments.settle;
import static dev.gatefold.Payments.stripe;
import static dev.gatefold.Payments.subscribe;
import static dev.gatefold.Payments.subscriptionOf;
import static dev.gatefold.Payments.webhooks;
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
import dev.gatefold.Actors;
import dev.gatefold.ServiceTest;
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
class CasesTest {
    @Inject
    Customers customers;

    private Instant today;

    @BeforeEach
    void lookAtTheClock() {
        today = Actors.now();
    }

    @AfterEach
    void putAllBack() {
        api("UP");
        webhooks("DELIVER");
        control("PUT", "/billing", Map.of("afterRetries", "CANCEL"));
        Actors.moveClockTo(today);
    }

    private static ValidatableResponse access(String reader) {
        return bearer(reader)
                .queryParam("url", MEMBERS_ONLY)
                .get("/v1/access")
                .then()
                .statusCode(200);
    }

    private static void reads(String reader, String reason) {
        access(reader).body("granted", is(true), "reason", is(reason));
    }

    private static void isDenied(String reader, String reason) {
        access(reader).body("granted", is(false), "reason", is(reason));
    }

    private static ValidatableResponse membership(String reader) {
        return bearer(reader).get("/v1/me/membership").then().statusCode(200);
    }

    private static List<String> held() {
        return visitor().get("/dev/stripe/controls").path("held.id");
    }

    private static void release(List<String> order) {
        control("POST", "/webhooks/release", Map.of("order", order));
        settle();
    }

    @Nested
    class Paying {
        @Test
        void opensTheArticleOnTheWayBackWhetherOrNotTheNewsHasCome() {
            webhooks("HOLD");
            String reader = signedUp();
            Map<String, String> wanted = new HashMap<>(monthly());
            wanted.put("article", MEMBERS_ONLY + "?utm_source=wall");
            String session = checkout(reader, wanted, "a").path("sessionId");
            isDenied(reader, "MEMBERSHIP_REQUIRED");

            URI back = at(session, "pay");

            assertThat(comeBack(back)).isEqualTo(MEMBERS_ONLY);
            reads(reader, "MEMBER");
            membership(reader)
                    .body("state", is("ACTIVE"))
                    .body("subscription.plan", is("membership"), "subscription.interval", is("MONTH"))
                    .body("subscription.price.amount", is(999))
                    .body("accessUntil", equalTo(membership(reader).extract().path("subscription.paidUntil")));
        }

        @Test
        void opensItByTheNewsAloneForWhoNeverComesBack() {
            String reader = signedUp();

            at(checkout(reader), "pay");
            settle();

            reads(reader, "MEMBER");
        }

        @Test
        void keepsWhatIsLeftOfTheFreeDays() {
            String reader = inTrial();
            advance(Duration.ofDays(4));
            String freeUntil = membership(reader).extract().path("trial.endsAt");

            String subscription = subscribe(reader);

            assertThat(ask(() -> stripe().subscriptions().retrieve(subscription).getTrialEnd()))
                    .isEqualTo(Instant.parse(freeUntil).getEpochSecond());
            membership(reader).body("state", is("TRIAL"), "subscription.status", is("TRIALING"));
            bearer(reader).put("/v1/me/subscription/cancellation").then().body("state", is("CANCELING"));
            bearer(reader).delete("/v1/me/subscription/cancellation").then().body("state", is("TRIAL"));
            advance(Duration.ofDays(11));
            reads(reader, "MEMBER");
            membership(reader).body("state", is("ACTIVE"));
        }

        @Test
        void givesWholeDaysWhereLessThanTwoAreLeft() {
            String reader = inTrial();
            advance(Duration.ofDays(13));
            Instant freeUntil = Instant.parse(membership(reader).extract().path("trial.endsAt"));

            String subscription = subscribe(reader);

            assertThat(ask(() -> stripe().subscriptions().retrieve(subscription).getTrialEnd()))
                    .isGreaterThanOrEqualTo(freeUntil.getEpochSecond())
                    .isLessThan(freeUntil.plus(Duration.ofDays(1)).getEpochSecond());
        }

        @Test
        void isRefusedToWhoPaysAlready() {
            String reader = signedUp();
            subscribe(reader);

            checkout(reader, monthly(), "b").then().statusCode(409).body("code", is("already-subscribed"));
        }

        @Test
        void isRefusedToWhoPaysAlreadyThoughAllNewsOfItWasLost() {
            webhooks("DROP");
            String reader = signedUp();
            at(checkout(reader), "pay");
            isDenied(reader, "MEMBERSHIP_REQUIRED");

            checkout(reader, monthly(), "b").then().statusCode(409).body("code", is("already-subscribed"));

            reads(reader, "MEMBER");
        }

        @Test
        void saidTwiceIsOnePage() {
            String reader = signedUp();
            String page = checkout(reader, monthly(), "a")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("url");

            checkout(reader, monthly(), "a").then().statusCode(201).body("url", is(page));
            checkout(reader, Map.of("plan", "membership", "interval", "YEAR"), "a")
                    .then()
                    .statusCode(422)
                    .body("code", is("idempotency-key-reused"));
        }

        @Test
        void isOnThePageThatIsOpenOrOnANewOneForSomethingElse() {
            String reader = signedUp();
            String first = checkout(reader);
            assertThat(checkout(reader)).isEqualTo(first);

            String yearly = checkout(reader, Map.of("plan", "membership", "interval", "YEAR"), "y")
                    .path("sessionId");

            assertThat(ask(() -> stripe().checkout().sessions().retrieve(first).getStatus()))
                    .isEqualTo("expired");
            comeBack(at(yearly, "pay"));
            membership(reader).body("subscription.interval", is("YEAR"));
        }

        @Test
        void atOnceOnManyPagesIsOneCustomerAndOnePage() throws Exception {
            String reader = signedUp();
            Callable<Integer> attempt = () ->
                    checkout(reader, monthly(), UUID.randomUUID().toString()).statusCode();

            List<Integer> answers = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(8)) {
                for (var answer : threads.invokeAll(Collections.nCopies(8, attempt))) {
                    answers.add(answer.get());
                }
            }

            assertThat(answers).isSubsetOf(201, 409).contains(201);
            String account = bearer(reader).get("/v1/me").path("id");
            assertThat(ask(() -> stripe().customers().list().getData()))
                    .filteredOn(it -> account.equals(it.getMetadata().get("gatefold_account")))
                    .hasSize(1);
            assertThat(ask(() -> stripe().checkout().sessions().list().getData()))
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
        void isForWhatIsSoldOnly(String body) {
            bearer(signedUp())
                    .header("Idempotency-Key", "a")
                    .body(body)
                    .post("/v1/me/checkout")
                    .then()
                    .statusCode(body.contains("nothing") ? 422 : 400);
        }

        @Test
        void needsAnAccountAndAKey() {
            checkout(Actors.token(Actors.someone()), monthly(), "a")
                    .then()
                    .statusCode(404)
                    .body("code", is("no-account"));
            bearer(signedUp())
                    .body(monthly())
                    .post("/v1/me/checkout")
                    .then()
                    .statusCode(400)
                    .body("code", is("idempotency-key-required"));
        }

        @Test
        void withACardThatDeclinesGivesNothing() {
            String reader = signedUp();
            String session = checkout(reader);

            at(session, "decline");
            settle();

            isDenied(reader, "MEMBERSHIP_REQUIRED");
            comeBack(at(session, "pay"));
            reads(reader, "MEMBER");
        }

        @Test
        void byASlowMeansGivesAccessWhenTheMoneyHasCome() {
            String reader = signedUp();
            String session = checkout(reader);
            comeBack(at(session, "pay-with-delay"));
            settle();
            isDenied(reader, "MEMBERSHIP_REQUIRED");

            happens(subscriptionOf(session), "settle-delayed", Map.of("succeeds", true));
            settle();

            reads(reader, "MEMBER");
        }

        @Test
        void byASlowMeansThatFailsGivesNothing() {
            String reader = signedUp();
            String session = checkout(reader);
            comeBack(at(session, "pay-with-delay"));

            happens(subscriptionOf(session), "settle-delayed", Map.of("succeeds", false));
            settle();

            isDenied(reader, "PAYMENT_FAILED");
        }
    }

    @Nested
    class ComingBack {
        @Test
        void twiceAndTwiceAtOnceIsOnce() throws Exception {
            String reader = signedUp();
            URI back = at(checkout(reader), "pay");
            Callable<String> comingBack = () -> comeBack(back);

            try (var threads = Executors.newFixedThreadPool(6)) {
                for (var answer : threads.invokeAll(Collections.nCopies(6, comingBack))) {
                    assertThat(answer.get()).endsWith("/");
                }
            }

            reads(reader, "MEMBER");
            membership(reader).body("grants.size()", is(1));
        }

        @Test
        void onTheAddressOfAnotherGivesNothingAndTellsNothing() {
            webhooks("HOLD");
            String ann = signedUp();
            String ben = signedUp();
            Map<String, String> wanted = new HashMap<>(monthly());
            wanted.put("article", MEMBERS_ONLY);
            URI back = at(checkout(ann, wanted, "a").path("sessionId"), "pay");

            bearer(ben)
                    .redirects()
                    .follow(false)
                    .get(back.getPath() + "?" + back.getQuery())
                    .then()
                    .statusCode(303)
                    .header("Location", endsWith("/"));

            isDenied(ben, "MEMBERSHIP_REQUIRED");
            reads(ann, "MEMBER");
        }

        @Test
        void withoutHavingPaidGivesNothing() {
            String reader = signedUp();
            String session = checkout(reader);
            var path = "/v1/checkout/return?session_id=" + session;

            comeBack(URI.create(path));
            isDenied(reader, "MEMBERSHIP_REQUIRED");

            ask(() -> stripe().checkout().sessions().expire(session));
            comeBack(URI.create(path));
            isDenied(reader, "MEMBERSHIP_REQUIRED");
            visitor()
                    .get("/v1/checkout/return?session_id=cs_test_nothing")
                    .then()
                    .statusCode(404);
        }
    }

    @Nested
    class Cancelling {
        @Test
        void keepsWhatIsPaidAndCanBeUndone() {
            String reader = signedUp();
            subscribe(reader);
            String paidUntil = membership(reader).extract().path("subscription.paidUntil");

            bearer(reader)
                    .put("/v1/me/subscription/cancellation")
                    .then()
                    .statusCode(200)
                    .body("state", is("CANCELING"), "subscription.endsAt", is(paidUntil), "accessUntil", is(paidUntil));
            reads(reader, "MEMBER");
            bearer(reader)
                    .put("/v1/me/subscription/cancellation")
                    .then()
                    .statusCode(200)
                    .body("state", is("CANCELING"));

            bearer(reader)
                    .delete("/v1/me/subscription/cancellation")
                    .then()
                    .statusCode(200)
                    .body("state", is("ACTIVE"), "subscription.endsAt", nullValue());
            bearer(reader).put("/v1/me/subscription/cancellation").then().body("state", is("CANCELING"));

            Actors.moveClockTo(Instant.parse(paidUntil));
            isDenied(reader, "MEMBERSHIP_ENDED");
            membership(reader).body("state", is("ENDED"));
            subscribe(reader);
            reads(reader, "MEMBER");
        }

        @Test
        void mayBeSaidAsADateAlone() {
            String reader = signedUp();
            String subscription = subscribe(reader);
            Instant end = Actors.now().plus(Duration.ofDays(10));

            ask(() -> stripe().subscriptions()
                    .update(
                            subscription,
                            SubscriptionUpdateParams.builder()
                                    .setCancelAt(end.getEpochSecond())
                                    .build()));
            settle();

            membership(reader).body("state", is("CANCELING"));
            bearer(reader)
                    .delete("/v1/me/subscription/cancellation")
                    .then()
                    .statusCode(200)
                    .body("state", is("ACTIVE"));
        }

        @Test
        void endsInTimeThoughTheNewsOfTheEndIsLate() {
            String canceled = signedUp();
            String renewing = signedUp();
            subscribe(canceled);
            subscribe(renewing);
            bearer(canceled).put("/v1/me/subscription/cancellation").then().statusCode(200);
            settle();
            webhooks("HOLD");

            Instant end = Instant.parse(membership(canceled).extract().path("accessUntil"));
            Actors.moveClockTo(end.plus(Duration.ofHours(2)));

            isDenied(canceled, "MEMBERSHIP_ENDED");
            reads(renewing, "MEMBER");
        }

        @Test
        void countsThoughTheReaderWasElsewhereMeanwhile() {
            String reader = signedUp();
            String subscription = subscribe(reader);
            bearer(reader).put("/v1/me/subscription/cancellation").then().statusCode(200);
            settle();
            webhooks("DROP");
            happens(subscription, "undo-cancellation");

            bearer(reader).put("/v1/me/subscription/cancellation").then().body("state", is("CANCELING"));

            assertThat(ask(() -> stripe().subscriptions().retrieve(subscription).getCancelAtPeriodEnd()))
                    .isTrue();
        }

        @Test
        void isForWhoHasASubscription() {
            bearer(signedUp())
                    .put("/v1/me/subscription/cancellation")
                    .then()
                    .statusCode(409)
                    .body("code", is("no-subscription"));
            bearer(signedUp()).post("/v1/me/portal").then().statusCode(409).body("code", is("nothing-bought"));
        }

        @Test
        void mayBeDoneInThePortalToo() {
            String reader = signedUp();
            subscribe(reader);

            bearer(reader).post("/v1/me/portal").then().statusCode(201).body("url", not(nullValue()));
        }
    }

    @Nested
    class ACardThatFails {
        @Test
        void leavesAWeekOfGraceAndThenTheWall() {
            String reader = signedUp();
            String subscription = subscribe(reader);
            Instant renewal = Instant.parse(membership(reader).extract().path("subscription.paidUntil"));
            card(subscription, "DECLINES");

            Actors.moveClockTo(renewal.plus(Duration.ofHours(3)));
            reads(reader, "GRACE");
            membership(reader).body("state", is("GRACE"), "subscription.status", is("PAST_DUE"));
            Actors.moveClockTo(renewal.plus(Duration.ofDays(7)).minusSeconds(1));
            reads(reader, "GRACE");
            Actors.moveClockTo(renewal.plus(Duration.ofDays(7)));
            access(reader)
                    .body("granted", is(false), "reason", is("PAYMENT_FAILED"))
                    .body("offers.kind", contains("UPDATE_PAYMENT"));
        }

        @Test
        void isForgottenWhenItIsGoodAgain() {
            String reader = signedUp();
            String subscription = subscribe(reader);
            card(subscription, "DECLINES");
            advance(Duration.ofDays(33));
            reads(reader, "GRACE");

            card(subscription, "GOOD");
            advance(Duration.ofDays(7));

            reads(reader, "MEMBER");
        }

        @ParameterizedTest
        @ValueSource(strings = {"UNPAID", "CANCEL"})
        void endsItWhenStripeHasTriedEnough(String ending) {
            control("PUT", "/billing", Map.of("afterRetries", ending));
            String reader = signedUp();
            String subscription = subscribe(reader);
            card(subscription, "DECLINES");

            advance(Duration.ofDays(50));

            isDenied(reader, ending.equals("UNPAID") ? "PAYMENT_FAILED" : "MEMBERSHIP_ENDED");
        }

        @Test
        void givesNoNewGraceForEachMonthThatIsNotPaid() {
            control("PUT", "/billing", Map.of("afterRetries", "PAST_DUE"));
            String reader = signedUp();
            String subscription = subscribe(reader);
            card(subscription, "DECLINES");

            advance(Duration.ofDays(40));
            isDenied(reader, "PAYMENT_FAILED");
            advance(Duration.ofDays(22));

            isDenied(reader, "PAYMENT_FAILED");
        }
    }

    @Nested
    class FreeDaysWithoutACard {
        /** As a support desk may set one up: the reader's checkout always takes a card. */
        private String trial(
                String reader, SubscriptionCreateParams.TrialSettings.EndBehavior.MissingPaymentMethod then) {
            checkout(reader);
            String account = bearer(reader).get("/v1/me").path("id");
            String customer = ask(() -> stripe().customers().list().getData()).stream()
                    .filter(it -> account.equals(it.getMetadata().get("gatefold_account")))
                    .findFirst()
                    .orElseThrow()
                    .getId();
            String price = ask(() -> stripe().prices()
                    .list(PriceListParams.builder()
                            .addLookupKey("membership_month")
                            .build())
                    .getData()
                    .getFirst()
                    .getId());
            return ask(() -> stripe().subscriptions()
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
        void pauseAndGoOnWhenThereIsOne() {
            String reader = signedUp();
            String subscription =
                    trial(reader, SubscriptionCreateParams.TrialSettings.EndBehavior.MissingPaymentMethod.PAUSE);
            settle();
            reads(reader, "TRIAL");

            advance(Duration.ofDays(8));
            isDenied(reader, "PAYMENT_FAILED");
            membership(reader).body("state", is("PAUSED"));

            card(subscription, "GOOD");
            happens(subscription, "resume");
            settle();
            reads(reader, "MEMBER");
        }

        @Test
        void endWithThem() {
            String reader = signedUp();
            trial(reader, SubscriptionCreateParams.TrialSettings.EndBehavior.MissingPaymentMethod.CANCEL);
            settle();

            advance(Duration.ofDays(8));

            isDenied(reader, "TRIAL_ENDED");
        }
    }

    @Nested
    class MoneyBack {
        @Test
        void movesNothing() {
            String reader = signedUp();
            String subscription = subscribe(reader);

            happens(subscription, "refund");
            happens(subscription, "inquiry");
            settle();

            reads(reader, "MEMBER");
        }

        @Test
        void thatIsDisputedRestsTheMembershipUntilItIsWon() {
            String reader = signedUp();
            String subscription = subscribe(reader);

            happens(subscription, "dispute");
            settle();
            isDenied(reader, "PAYMENT_FAILED");

            happens(subscription, "win-dispute");
            settle();
            reads(reader, "MEMBER");
        }

        @Test
        void isMadeUpForWhereTheNewsOfItWasLost() {
            String reader = signedUp();
            String subscription = subscribe(reader);
            webhooks("DROP");
            happens(subscription, "dispute");
            reconcile().body("drift", is(1));
            isDenied(reader, "PAYMENT_FAILED");

            happens(subscription, "win-dispute");
            reconcile();
            reads(reader, "MEMBER");
        }

        @Test
        void thatIsLostCountsForThePeriodThatItHadPaid() {
            String reader = signedUp();
            String subscription = subscribe(reader);
            happens(subscription, "dispute");
            happens(subscription, "lose-dispute");
            settle();
            isDenied(reader, "PAYMENT_FAILED");

            advance(Duration.ofDays(33));

            reads(reader, "MEMBER");
        }
    }

    @Nested
    class News {
        @Test
        void inWhateverOrderLeadsToTheSame() {
            webhooks("HOLD");
            String reader = signedUp();
            String subscription = subscriptionOf(paid(reader));
            happens(subscription, "cancel");

            release(held().reversed());

            access(reader).body("granted", is(false));
            control(
                    "POST",
                    "/webhooks/replay",
                    Map.of("since", today.minusSeconds(5).toString()));
            settle();
            access(reader).body("granted", is(false));
        }

        private static String paid(String reader) {
            String session = checkout(reader);
            at(session, "pay");
            return session;
        }

        @Test
        void ofTheSameSecondInTheWrongOrderIsNoTrouble() {
            webhooks("HOLD");
            String reader = signedUp();
            at(checkout(reader), "pay");

            release(held().reversed());

            reads(reader, "MEMBER");
        }

        @Test
        void thatIsOldAndComesAgainChangesNothing() {
            webhooks("HOLD");
            String reader = signedUp();
            String subscription = subscriptionOf(paid(reader));
            List<String> old = held();
            release(old);
            reads(reader, "MEMBER");
            advance(Duration.ofDays(3));
            webhooks("DELIVER");
            happens(subscription, "cancel");
            settle();
            isDenied(reader, "MEMBERSHIP_ENDED");

            old.forEach(event -> control("POST", "/webhooks/replay", Map.of("event", event)));
            settle();

            isDenied(reader, "MEMBERSHIP_ENDED");
        }

        @Test
        void thatIsLostIsMadeUpFor() {
            webhooks("DROP");
            String paying = signedUp();
            String canceled = signedUp();
            at(checkout(paying), "pay");
            String subscription = subscribe(canceled);
            happens(subscription, "cancel");
            isDenied(paying, "MEMBERSHIP_REQUIRED");
            reads(canceled, "MEMBER");

            reconcile().body("drift", is(2));

            reads(paying, "MEMBER");
            isDenied(canceled, "MEMBERSHIP_ENDED");
            reconcile().body("drift", is(0), "undelivered", is(0));
        }

        @Test
        void ofACustomerWhoIsGoneEndsAllAndTheNextCheckoutMakesANewOne() {
            String reader = signedUp();
            String subscription = subscribe(reader);
            String customer = customerOf(subscription);

            ask(() -> stripe().customers().delete(customer));
            settle();

            isDenied(reader, "MEMBERSHIP_ENDED");
            String next = subscribe(reader);
            assertThat(customerOf(next)).isNotEqualTo(customer);
            reads(reader, "MEMBER");
        }

        @Test
        void ofACustomerWhoIsGoneIsNotNeededForTheNextCheckout() {
            String reader = signedUp();
            String subscription = subscribe(reader);
            webhooks("DROP");
            ask(() -> stripe().customers().delete(customerOf(subscription)));

            subscribe(reader);

            reads(reader, "MEMBER");
        }

        @Test
        void ofACustomerWhoIsNotKnownYetIsHeldUntilTheyAre() {
            String reader = signedUp();
            UUID account = UUID.fromString(bearer(reader).get("/v1/me").path("id"));
            String customer = ask(() -> stripe().customers()
                    .create(CustomerCreateParams.builder().build())
                    .getId());
            String price = ask(() -> stripe().prices()
                    .list(PriceListParams.builder()
                            .addLookupKey("membership_month")
                            .build())
                    .getData()
                    .getFirst()
                    .getId());
            ask(() -> stripe().subscriptions()
                    .create(SubscriptionCreateParams.builder()
                            .setCustomer(customer)
                            .addItem(SubscriptionCreateParams.Item.builder()
                                    .setPrice(price)
                                    .build())
                            .setDefaultPaymentMethod("pm_card_visa")
                            .build()));
            settle();
            isDenied(reader, "MEMBERSHIP_REQUIRED");

            customers.remember(customer, account);
            settle();

            reads(reader, "MEMBER");
        }

        @Test
        void ofAPauseInCollectingChangesNothing() {
            String reader = signedUp();
            String subscription = subscribe(reader);

            ask(() -> stripe().subscriptions()
                    .update(
                            subscription,
                            SubscriptionUpdateParams.builder()
                                    .setPauseCollection(SubscriptionUpdateParams.PauseCollection.builder()
                                            .setBehavior(SubscriptionUpdateParams.PauseCollection.Behavior.VOID)
                                            .build())
                                    .build()));
            advance(Duration.ofDays(40));

            reads(reader, "MEMBER");
        }

        @Test
        void ofSomebodyElsesCustomerOrPriceHasNoEffect() {
            String reader = signedUp();
            String subscription = subscribe(reader);
            String foreignPrice = ask(() -> stripe().prices()
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
            String other = signedUp();
            String customer = customerOf(subscribe(other));
            ask(() -> stripe().subscriptions()
                    .create(SubscriptionCreateParams.builder()
                            .setCustomer(customer)
                            .addItem(SubscriptionCreateParams.Item.builder()
                                    .setPrice(foreignPrice)
                                    .build())
                            .setDefaultPaymentMethod("pm_card_visa")
                            .build()));
            settle();

            membership(other).body("grants.size()", is(1));
            reads(reader, "MEMBER");
            assertThat(subscription).isNotBlank();
        }
    }

    @Nested
    class WhileStripeIsAway {
        @ParameterizedTest
        @ValueSource(strings = {"FAIL", "HANG", "DOWN", "LIMIT"})
        void readersReadAndNewsIsTakenInAndMadeUpFor(String weather) {
            String reader = signedUp();
            String buyer = signedUp();
            subscribe(reader);
            webhooks("HOLD");
            at(checkout(buyer), "pay");
            api(weather);

            long start = System.nanoTime();
            List<String> held = held();
            control("POST", "/webhooks/release", Map.of("order", held));
            reads(reader, "MEMBER");
            String late = signedUp();
            checkout(late, monthly(), "a").then().statusCode(503).header("Retry-After", not(nullValue()));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));

            api("UP");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> reads(buyer, "MEMBER"));
            checkout(late, monthly(), "a").then().statusCode(201);
        }
    }

    @Test
    void theSameNewsManyTimesIsOneEffect() {
        String reader = signedUp();
        subscribe(reader);
        settle();
        int version = membership(reader).extract().path("version");

        IntStream.range(0, 5)
                .forEach(_ -> control(
                        "POST",
                        "/webhooks/replay",
                        Map.of("since", today.minusSeconds(5).toString())));
        settle();

        membership(reader).body("version", is(version), "grants.size()", is(1));
    }
}
