package dev.gatefold.pages.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.SubscriptionUpdateParams;
import dev.gatefold.testing.PageClient;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import dev.gatefold.testing.TestCallers;
import dev.gatefold.testing.TestGrants;
import dev.gatefold.testing.TestPayments;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The account page fetches a next payment that is old, and does not depend on the answer. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class AccountPageRefreshTest {
    private static String accountPage(String reader) {
        return PageClient.signIn(TestGrants.subjectOf(reader).get("subject"), "en")
                .getOnce("/account")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    @Test
    void oldNextPaymentIsFetchedFromStripe() {
        String reader = TestCallers.newAccountToken();
        String subscription = TestPayments.subscribe(reader);
        TestPayments.setWebhookMode("DROP");
        TestPayments.callStripe(() -> TestPayments.stripeClient()
                .subscriptions()
                .update(
                        subscription,
                        SubscriptionUpdateParams.builder()
                                .setCancelAtPeriodEnd(true)
                                .build()));
        assertThat(accountPage(reader)).contains("Your membership is active.", "Next payment: ");

        TestCallers.advanceClock(Duration.ofMinutes(6));

        assertThat(accountPage(reader)).contains("Your membership ends on").doesNotContain("Next payment: ");
    }

    @Test
    void accountPageIsShownWhileStripeDoesNotAnswer() {
        String reader = TestCallers.newAccountToken();
        TestPayments.subscribe(reader);
        TestCallers.advanceClock(Duration.ofMinutes(6));
        TestPayments.setStripeApiMode("HANG");

        assertThat(accountPage(reader)).contains("Your membership is active.", "Next payment: ");
    }
}
