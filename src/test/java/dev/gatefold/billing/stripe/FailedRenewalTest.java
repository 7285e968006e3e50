package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.ReaderAssertions.assertDenied;
import static dev.gatefold.testing.ReaderAssertions.assertGranted;
import static dev.gatefold.testing.ReaderAssertions.checkAccess;
import static dev.gatefold.testing.ReaderAssertions.membership;
import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestPayments.sandboxControl;
import static dev.gatefold.testing.TestPayments.setCardBehaviour;
import static dev.gatefold.testing.TestPayments.subscribe;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import dev.gatefold.testing.TestCallers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Renewals that fail: grace, denial, recovery, and the end of the retries. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class FailedRenewalTest {
    @Test
    void failedRenewalGivesSevenDaysOfGraceThenDenial() {
        String reader = newAccountToken();
        String subscription = subscribe(reader);
        Instant renewal = Instant.parse(membership(reader).extract().path("subscription.paidUntil"));
        setCardBehaviour(subscription, "DECLINES");

        TestCallers.moveClockTo(renewal.plus(Duration.ofHours(3)));
        assertGranted(reader, "GRACE");
        membership(reader).body("state", is("GRACE"), "subscription.status", is("PAST_DUE"));
        TestCallers.moveClockTo(renewal.plus(Duration.ofDays(7)).minusSeconds(60));
        assertGranted(reader, "GRACE");
        TestCallers.moveClockTo(renewal.plus(Duration.ofDays(7)));
        checkAccess(reader)
                .body("granted", is(false), "reason", is("PAYMENT_FAILED"))
                .body("offers.kind", contains("PAY_NOW", "UPDATE_PAYMENT"));
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
