package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.reconcile;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static dev.gatefold.testing.TestPayments.subscribe;
import static dev.gatefold.testing.TestPayments.triggerOnSubscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.SubscriptionCreateParams;
import dev.gatefold.accounts.account.PersonFingerprints;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Trials that run at Stripe, and the cards with which they are taken. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class TrialCardTest {
    private static final String VISA = "pm_card_visa";
    private static final String MASTERCARD = "pm_card_mastercard";

    @Inject
    Session database;

    @Inject
    PersonFingerprints fingerprints;

    /** The sandbox has few card numbers, so earlier tests have used them. */
    @BeforeEach
    void forgetCards() {
        for (String card : List.of("sandboxGOOD4242", "sandboxGOOD4444")) {
            QuarkusTransaction.requiringNew()
                    .run(() -> database.createNativeMutationQuery(
                                    "delete from trial_redemption where person_hash = :hash")
                            .setParameter("hash", fingerprints.fingerprintOfCard(card))
                            .executeUpdate());
        }
    }

    private static UUID accountOf(String reader) {
        return UUID.fromString(withBearerToken(reader).get("/v1/me").path("id"));
    }

    /** Creates a subscription as an operator can do in the Stripe dashboard, and returns its id. */
    private static String subscribeAtStripe(String reader, String card, Optional<Long> trialDays) {
        var customer = CustomerCreateParams.builder()
                .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder()
                        .setDefaultPaymentMethod(card)
                        .build())
                .build();
        var params = SubscriptionCreateParams.builder()
                .setCustomer(callStripe(() -> stripeClient().customers().create(customer))
                        .getId())
                .putMetadata("gatefold_account", accountOf(reader).toString())
                .addItem(SubscriptionCreateParams.Item.builder()
                        .setPrice(monthlyPrice())
                        .build());
        trialDays.ifPresent(params::setTrialPeriodDays);
        String subscription = callStripe(() -> stripeClient().subscriptions().create(params.build()))
                .getId();
        runDueWork();
        return subscription;
    }

    private static String monthlyPrice() {
        var monthly = PriceListParams.builder().addLookupKey("membership_month").build();
        return callStripe(
                () -> stripeClient().prices().list(monthly).getData().getFirst().getId());
    }

    private static String startTrialAtStripe(String reader, String card) {
        return subscribeAtStripe(reader, card, Optional.of(14L));
    }

    private List<Boolean> cardsOf(String reader) {
        UUID account = accountOf(reader);
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select is_repeated from trial_card where account_id = :account", Boolean.class)
                        .setParameter("account", account)
                        .getResultList());
    }

    private static void assertNoTrialOffered(String reader) {
        withBearerToken(reader).post("/v1/me/trial").then().statusCode(409).body("code", is("trial-already-used"));
    }

    @Test
    void cardOfSecondTrialIsRecognised() {
        String one = newAccountToken();
        String other = newAccountToken();
        startTrialAtStripe(one, VISA);

        startTrialAtStripe(other, VISA);

        assertThat(cardsOf(one)).containsExactly(false);
        assertThat(cardsOf(other)).containsExactly(true);
    }

    @Test
    void otherCardIsNotRecognised() {
        startTrialAtStripe(newAccountToken(), VISA);
        String other = newAccountToken();

        startTrialAtStripe(other, MASTERCARD);

        assertThat(cardsOf(other)).containsExactly(false);
    }

    @Test
    void checkoutDuringFreeTrialRecordsCard() {
        String one = newTrialToken();
        String other = newTrialToken();
        subscribe(one);
        subscribe(other);

        reconcile();

        assertThat(cardsOf(one)).containsExactly(false);
        assertThat(cardsOf(other)).containsExactly(true);
    }

    @Test
    void subscriptionWithoutTrialRecordsNoCard() {
        String reader = newAccountToken();

        subscribe(reader);

        assertThat(cardsOf(reader)).isEmpty();
    }

    @Test
    void cardIsRecognisedAfterErasure() {
        String reader = newAccountToken();
        startTrialAtStripe(reader, VISA);
        UUID account = accountOf(reader);
        withBearerToken(reader).delete("/v1/me").then().statusCode(202);
        assertThat(QuarkusTransaction.requiringNew()
                        .call(() -> database.createNativeQuery(
                                        "select count(*) from trial_card where account_id = :account", Long.class)
                                .setParameter("account", account)
                                .getSingleResult()))
                .isZero();
        String other = newAccountToken();

        startTrialAtStripe(other, VISA);

        assertThat(cardsOf(other)).containsExactly(true);
    }

    @Test
    void trialAtStripeCountsAsFreeTrial() {
        String reader = newAccountToken();
        triggerOnSubscription(startTrialAtStripe(reader, VISA), "cancel");
        runDueWork();

        assertNoTrialOffered(reader);
    }

    @Test
    void paidSubscriptionDoesNotUseFreeTrial() {
        String reader = newAccountToken();
        triggerOnSubscription(subscribeAtStripe(reader, VISA, Optional.empty()), "cancel");
        runDueWork();

        withBearerToken(reader).post("/v1/me/trial").then().statusCode(201);
    }

    @Test
    void exportNamesCardsOfTrial() {
        String reader = newAccountToken();
        startTrialAtStripe(reader, VISA);

        withBearerToken(reader).get("/v1/me/export").then().body("rights.trialTaken", is(true));
        withBearerToken(reader).get("/v1/me/export").then().body("rights.trialCards", hasSize(1));
    }
}
