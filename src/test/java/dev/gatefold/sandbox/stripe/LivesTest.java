package dev.gatefold.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Subscription;
import com.stripe.param.SubscriptionUpdateParams;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of subscriptions, played with Stripe's own client. */
class LivesTest {
    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    private static Instant end(Subscription subscription) {
        return Instant.ofEpochSecond(
                subscription.getItems().getData().getFirst().getCurrentPeriodEnd());
    }

    @Test
    void whoPaysIsAMember() throws Exception {
        Subscription subscription = stage.bought("pay", 0);

        assertThat(subscription.getStatus()).isEqualTo("active");
        assertThat(subscription.getMetadata()).containsEntry("account", "42");
        assertThat(end(subscription)).isEqualTo("2027-02-10T12:00:00Z");
        assertThat(stage.told())
                .containsExactly(
                        "customer.created",
                        "payment_method.attached",
                        "customer.subscription.created",
                        "invoice.created",
                        "payment_intent.created",
                        "invoice.finalized",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "invoice.paid",
                        "invoice.payment_succeeded",
                        "invoice_payment.paid",
                        "customer.subscription.updated",
                        "checkout.session.completed");
    }

    @Test
    void aJumpOverTheTrialPlaysAllThatLiesBetween() throws Exception {
        Subscription subscription = stage.bought("pay", 14);
        assertThat(subscription.getStatus()).isEqualTo("trialing");
        try (Receiver receiver = stage.receiver()) {
            stage.sandbox.settle();
            receiver.forget();

            stage.passDays(50);

            assertThat(receiver.received())
                    .extracting(it -> it.getType() + " " + Instant.ofEpochSecond(it.getCreated()))
                    .containsExactly(
                            "customer.subscription.trial_will_end 2027-01-21T12:00:00Z",
                            "customer.subscription.updated 2027-01-24T12:00:00Z",
                            "invoice.created 2027-01-24T12:00:00Z",
                            "payment_intent.created 2027-01-24T13:00:00Z",
                            "invoice.finalized 2027-01-24T13:00:00Z",
                            "charge.succeeded 2027-01-24T13:00:00Z",
                            "payment_intent.succeeded 2027-01-24T13:00:00Z",
                            "invoice.paid 2027-01-24T13:00:00Z",
                            "invoice.payment_succeeded 2027-01-24T13:00:00Z",
                            "invoice_payment.paid 2027-01-24T13:00:00Z",
                            "customer.subscription.updated 2027-02-24T12:00:00Z",
                            "invoice.created 2027-02-24T12:00:00Z",
                            "payment_intent.created 2027-02-24T13:00:00Z",
                            "invoice.finalized 2027-02-24T13:00:00Z",
                            "charge.succeeded 2027-02-24T13:00:00Z",
                            "payment_intent.succeeded 2027-02-24T13:00:00Z",
                            "invoice.paid 2027-02-24T13:00:00Z",
                            "invoice.payment_succeeded 2027-02-24T13:00:00Z",
                            "invoice_payment.paid 2027-02-24T13:00:00Z");
        }
        assertThat(end(stage.subscription(subscription.getId()))).isEqualTo("2027-03-24T12:00:00Z");
    }

    @Test
    void monthsFollowTheCalendar() throws Exception {
        stage.at("2027-01-31T09:00:00Z");
        Subscription subscription = stage.bought("pay", 0);

        assertThat(end(subscription)).isEqualTo("2027-02-28T09:00:00Z");
        stage.passDays(29);
        assertThat(end(stage.subscription(subscription.getId()))).isEqualTo("2027-03-31T09:00:00Z");
    }

    @Test
    void whoCancelsKeepsThePeriod() throws Exception {
        Subscription subscription = stage.bought("pay", 0);
        var atEnd =
                SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true).build();
        stage.stripe.subscriptions().update(subscription.getId(), atEnd);

        stage.pass(Duration.between(Stage.BEGINNING, end(subscription)).minusSeconds(1));
        assertThat(stage.status(subscription)).isEqualTo("active");

        stage.pass(Duration.ofSeconds(1));
        assertThat(stage.status(subscription)).isEqualTo("canceled");
        assertThat(stage.told()).endsWith("customer.subscription.deleted");
    }
}
