package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.ReaderAssertions.assertDenied;
import static dev.gatefold.testing.ReaderAssertions.assertGranted;
import static dev.gatefold.testing.ReaderAssertions.membership;
import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.setCardBehaviour;
import static dev.gatefold.testing.TestPayments.startCheckout;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static dev.gatefold.testing.TestPayments.triggerOnSubscription;
import static org.hamcrest.Matchers.is;

import com.stripe.param.PriceListParams;
import com.stripe.param.SubscriptionCreateParams;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The end of a trial at Stripe for a customer without a payment method. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class TrialWithoutPaymentMethodTest {
    /** Creates the subscription at Stripe directly, as support staff can; a checkout always requires a payment method. */
    private String trial(String reader, SubscriptionCreateParams.TrialSettings.EndBehavior.MissingPaymentMethod then) {
        startCheckout(reader);
        String account = withBearerToken(reader).get("/v1/me").path("id");
        String customer = callStripe(() -> stripeClient().customers().list().getData()).stream()
                .filter(it -> account.equals(it.getMetadata().get("gatefold_account")))
                .findFirst()
                .orElseThrow()
                .getId();
        String price = callStripe(() -> stripeClient()
                .prices()
                .list(PriceListParams.builder().addLookupKey("membership_month").build())
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
        assertDenied(reader, "PAUSED");
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
