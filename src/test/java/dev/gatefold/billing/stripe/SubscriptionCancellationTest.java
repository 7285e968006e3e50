package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.ReaderAssertions.assertDenied;
import static dev.gatefold.testing.ReaderAssertions.assertGranted;
import static dev.gatefold.testing.ReaderAssertions.membership;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.setWebhookMode;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static dev.gatefold.testing.TestPayments.subscribe;
import static dev.gatefold.testing.TestPayments.triggerOnSubscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.stripe.param.SubscriptionUpdateParams;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import dev.gatefold.testing.TestCallers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Cancellation at the end of the paid period, and its reversal. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class SubscriptionCancellationTest {
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
        withBearerToken(reader).put("/v1/me/subscription/cancellation").then().body("state", is("CANCELING"));

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
        withBearerToken(canceled).put("/v1/me/subscription/cancellation").then().statusCode(200);
        runDueWork();
        setWebhookMode("HOLD");

        Instant end = Instant.parse(membership(canceled).extract().path("accessUntil"));
        TestCallers.moveClockTo(end.plus(Duration.ofHours(2)));

        assertDenied(canceled, "MEMBERSHIP_ENDED");
        assertGranted(renewing, "MEMBER");
    }

    @Test
    void cancellationInPortalIsRecognisedOnNextRequest() {
        String reader = newAccountToken();
        String subscription = subscribe(reader);
        withBearerToken(reader).put("/v1/me/subscription/cancellation").then().statusCode(200);
        runDueWork();
        setWebhookMode("DROP");
        triggerOnSubscription(subscription, "undo-cancellation");

        withBearerToken(reader).put("/v1/me/subscription/cancellation").then().body("state", is("CANCELING"));

        assertThat(callStripe(() ->
                        stripeClient().subscriptions().retrieve(subscription).getCancelAtPeriodEnd()))
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
