package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.ReaderAssertions.assertDenied;
import static dev.gatefold.testing.ReaderAssertions.assertGranted;
import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestPayments.reconcile;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.setWebhookMode;
import static dev.gatefold.testing.TestPayments.subscribe;
import static dev.gatefold.testing.TestPayments.triggerOnSubscription;
import static org.hamcrest.Matchers.is;

import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The effect of refunds and disputes on a membership. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class RefundAndDisputeTest {
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
    void lostDisputeWebhookIsRecoveredByReconciliation() {
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
