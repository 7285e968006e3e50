package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.ReaderAssertions.assertDenied;
import static dev.gatefold.testing.ReaderAssertions.assertGranted;
import static dev.gatefold.testing.ReaderAssertions.membership;
import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.actOnCheckoutPage;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.followReturnUrl;
import static dev.gatefold.testing.TestPayments.monthlyMembership;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.setWebhookMode;
import static dev.gatefold.testing.TestPayments.startCheckout;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static dev.gatefold.testing.TestPayments.subscribe;
import static dev.gatefold.testing.TestPayments.subscriptionOf;
import static dev.gatefold.testing.TestPayments.triggerOnSubscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import dev.gatefold.testing.TestCallers;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a checkout opens articles, and which checkouts are refused. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class CheckoutAccessTest {
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

        assertThat(callStripe(() ->
                        stripeClient().subscriptions().retrieve(subscription).getTrialEnd()))
                .isEqualTo(Instant.parse(freeUntil).getEpochSecond());
        membership(reader).body("state", is("TRIAL"), "subscription.status", is("TRIALING"));
        withBearerToken(reader).put("/v1/me/subscription/cancellation").then().body("state", is("CANCELING"));
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

        assertThat(callStripe(() ->
                        stripeClient().subscriptions().retrieve(subscription).getTrialEnd()))
                .isGreaterThanOrEqualTo(freeUntil.getEpochSecond())
                .isLessThan(freeUntil.plus(Duration.ofDays(1)).getEpochSecond());
    }

    @Test
    void checkoutIsRefusedForSubscriber() {
        String reader = newAccountToken();
        subscribe(reader);

        startCheckout(reader, monthlyMembership(), "b").then().statusCode(409).body("code", is("already-subscribed"));
    }

    @Test
    void checkoutIsRefusedForSubscriberWhoseWebhooksWereLost() {
        setWebhookMode("DROP");
        String reader = newAccountToken();
        actOnCheckoutPage(startCheckout(reader), "pay");
        assertDenied(reader, "MEMBERSHIP_REQUIRED");

        startCheckout(reader, monthlyMembership(), "b").then().statusCode(409).body("code", is("already-subscribed"));

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

        startCheckout(reader, monthlyMembership(), "a").then().statusCode(201).body("url", is(page));
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
        assertThat(callStripe(() -> stripeClient().checkout().sessions().list().getData()))
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
        assertDenied(reader, "PAYMENT_PENDING");

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
