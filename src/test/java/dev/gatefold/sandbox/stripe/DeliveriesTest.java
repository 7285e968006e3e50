package dev.gatefold.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Event;
import com.stripe.param.EventListParams;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Webhooks, on good days and on bad ones. What arrives has passed Stripe's own check of its signature. */
class DeliveriesTest {
    private final Stage stage = new Stage();
    private final Receiver receiver = stage.receiver();

    @AfterEach
    void close() {
        receiver.close();
        stage.close();
    }

    private List<String> undelivered() throws Exception {
        var failed = EventListParams.builder()
                .setDeliverySuccess(false)
                .setLimit(100L)
                .build();
        return stage.stripe.events().list(failed).getData().stream()
                .map(Event::getId)
                .toList();
    }

    private List<String> ids() throws Exception {
        return stage.events().stream().map(Event::getId).toList();
    }

    @Test
    void whatHappensIsToldInOrder() throws Exception {
        stage.bought("pay", 0);

        assertThat(receiver.ids()).isEqualTo(ids());
        assertThat(undelivered()).isEmpty();
    }

    @Test
    void theCheckoutWaitsForTheAnswer() throws Exception {
        stage.bought("pay", 0);

        assertThat(receiver.types()).contains("checkout.session.completed");
    }

    @Test
    void whatFailsIsTriedFiveTimes() throws Exception {
        receiver.answer(500);
        stage.customer("ann@example.com");
        stage.sandbox.settle();
        assertThat(receiver.received()).hasSize(1);

        for (long pause : List.of(2, 5, 15, 60)) {
            stage.pass(Duration.ofSeconds(pause));
        }
        assertThat(receiver.received()).hasSize(5);

        stage.passDays(1);
        assertThat(receiver.received()).hasSize(5);
        assertThat(undelivered()).hasSize(1);
    }

    @Test
    void whatFailedOnceArrivesLater() throws Exception {
        receiver.answer(503);
        stage.customer("ann@example.com");
        stage.sandbox.settle();
        receiver.answer(200);

        stage.pass(Duration.ofSeconds(2));

        assertThat(receiver.received()).hasSize(2);
        assertThat(undelivered()).isEmpty();
    }

    @Test
    void whatIsHeldIsReleasedInAnyOrder() throws Exception {
        stage.put("/controls/webhooks", "{\"mode\": \"HOLD\"}");
        stage.bought("pay", 0);
        assertThat(receiver.received()).isEmpty();
        List<String> backwards = ids().reversed();

        stage.post("/controls/webhooks/release", "{\"order\": " + Json.of(backwards) + "}");

        assertThat(receiver.ids()).isEqualTo(backwards);
        assertThat(undelivered()).isEmpty();
    }

    @Test
    void releasedShuffledAndTwice() throws Exception {
        stage.put("/controls/webhooks", "{\"mode\": \"HOLD\"}");
        stage.bought("pay", 0);

        stage.post("/controls/webhooks/release", "{\"shuffle\": 7, \"duplicates\": 1}");

        List<String> ids = ids();
        assertThat(receiver.ids()).hasSize(2 * ids.size()).containsAll(ids);
        assertThat(receiver.ids().stream().distinct().toList()).isNotEqualTo(ids);
    }

    @Test
    void whatIsDroppedIsListedAsUndeliveredAndCanBeReplayed() throws Exception {
        stage.put("/controls/webhooks", "{\"mode\": \"DROP\"}");
        stage.bought("pay", 0);
        assertThat(receiver.received()).isEmpty();
        assertThat(undelivered()).containsExactlyElementsOf(ids().reversed());

        stage.post("/controls/webhooks/replay", "{\"event\": \"" + ids().getFirst() + "\"}");
        assertThat(receiver.ids()).containsExactly(ids().getFirst());

        stage.post("/controls/webhooks/replay", "{\"since\": \"2027-01-01T00:00:00Z\"}");
        assertThat(Set.copyOf(receiver.ids())).isEqualTo(Set.copyOf(ids()));
        assertThat(undelivered()).isEmpty();
    }

    @Test
    void everyThirdGetsLost() throws Exception {
        stage.put("/controls/webhooks", "{\"dropEvery\": 3}");

        for (int i = 0; i < 9; i++) {
            stage.customer("reader" + i + "@example.com");
        }
        stage.sandbox.settle();

        assertThat(receiver.received()).hasSize(6);
        assertThat(undelivered()).hasSize(3);
    }

    @Test
    void duplicatesArriveAtOnce() throws Exception {
        stage.put("/controls/webhooks", "{\"duplicates\": 4}");

        stage.customer("ann@example.com");
        stage.sandbox.settle();

        assertThat(receiver.ids()).hasSize(5).containsOnly(ids().getFirst());
    }

    @Test
    void forgettingEverythingKeepsTheAddress() throws Exception {
        stage.customer("ann@example.com");
        stage.sandbox.settle();

        stage.send("DELETE", "/controls", "");
        stage.customer("ben@example.com");
        stage.sandbox.settle();

        assertThat(receiver.received()).hasSize(2);
    }

    @Test
    void whatIsForgottenUnderWayIsNoTrouble() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        receiver.answerAfter("customer.created", mayAnswer);
        stage.customer("ann@example.com");

        stage.send("DELETE", "/controls", "");
        mayAnswer.countDown();
        stage.sandbox.settle();

        assertThat(stage.told()).isEmpty();
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void forgettingEverythingWithoutAnAddressIsNoTroubleEither() throws Exception {
        try (Stage fresh = new Stage()) {
            fresh.send("DELETE", "/controls", "");
            fresh.customer("ben@example.com");
            fresh.sandbox.settle();
            assertThat(fresh.told()).containsExactly("customer.created");
        }
    }

    @Test
    void aServiceThatIsAwayIsToldWhenItComes() throws Exception {
        stage.put("/controls/webhooks", "{\"url\": null}");
        stage.customer("ann@example.com");
        stage.sandbox.settle();

        stage.put("/controls/webhooks", "{\"url\": \"" + receiver.url() + "\"}");
        stage.sandbox.settle();

        assertThat(receiver.types()).isEqualTo(Collections.singletonList("customer.created"));
    }
}
