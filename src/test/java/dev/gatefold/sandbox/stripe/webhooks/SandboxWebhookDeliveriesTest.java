package dev.gatefold.sandbox.stripe.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Event;
import com.stripe.param.EventListParams;
import dev.gatefold.sandbox.stripe.SandboxWebhookReceiver;
import dev.gatefold.sandbox.stripe.StripeSandboxFixture;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Webhooks, on good days and on bad ones. What arrives has passed Stripe's own check of its signature. */
class SandboxWebhookDeliveriesTest {
    private final StripeSandboxFixture stage = new StripeSandboxFixture();
    private final SandboxWebhookReceiver receiver = stage.receiver();

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
    void eventsAreDeliveredInOrder() throws Exception {
        stage.createSubscription("pay", 0);

        assertThat(receiver.ids()).isEqualTo(ids());
        assertThat(undelivered()).isEmpty();
    }

    @Test
    void checkoutWaitsForWebhookResponse() throws Exception {
        stage.createSubscription("pay", 0);

        assertThat(receiver.types()).contains("checkout.session.completed");
    }

    @Test
    void failedDeliveryIsAttemptedFiveTimes() throws Exception {
        receiver.respondWith(500);
        stage.createCustomer("ann@example.com");
        stage.sandbox.processDue();
        assertThat(receiver.received()).hasSize(1);

        for (long pause : List.of(2, 5, 15, 60)) {
            stage.advance(Duration.ofSeconds(pause));
        }
        assertThat(receiver.received()).hasSize(5);

        stage.advanceDays(1);
        assertThat(receiver.received()).hasSize(5);
        assertThat(undelivered()).hasSize(1);
    }

    @Test
    void failedDeliveryIsRetriedLater() throws Exception {
        receiver.respondWith(503);
        stage.createCustomer("ann@example.com");
        stage.sandbox.processDue();
        receiver.respondWith(200);

        stage.advance(Duration.ofSeconds(2));

        assertThat(receiver.received()).hasSize(2);
        assertThat(undelivered()).isEmpty();
    }

    @Test
    void heldEventsAreReleasedInGivenOrder() throws Exception {
        stage.put("/controls/webhooks", "{\"mode\": \"HOLD\"}");
        stage.createSubscription("pay", 0);
        assertThat(receiver.received()).isEmpty();
        List<String> backwards = ids().reversed();

        stage.post("/controls/webhooks/release", "{\"order\": " + SandboxJson.of(backwards) + "}");

        assertThat(receiver.ids()).isEqualTo(backwards);
        assertThat(undelivered()).isEmpty();
    }

    @Test
    void heldEventsAreReleasedShuffledAndDuplicated() throws Exception {
        stage.put("/controls/webhooks", "{\"mode\": \"HOLD\"}");
        stage.createSubscription("pay", 0);

        stage.post("/controls/webhooks/release", "{\"shuffle\": 7, \"duplicates\": 1}");

        List<String> ids = ids();
        assertThat(receiver.ids()).hasSize(2 * ids.size()).containsAll(ids);
        assertThat(receiver.ids().stream().distinct().toList()).isNotEqualTo(ids);
    }

    @Test
    void droppedEventsAreListedAsUndeliveredAndReplayable() throws Exception {
        stage.put("/controls/webhooks", "{\"mode\": \"DROP\"}");
        stage.createSubscription("pay", 0);
        assertThat(receiver.received()).isEmpty();
        assertThat(undelivered()).containsExactlyElementsOf(ids().reversed());

        stage.post("/controls/webhooks/replay", "{\"event\": \"" + ids().getFirst() + "\"}");
        assertThat(receiver.ids()).containsExactly(ids().getFirst());

        stage.post("/controls/webhooks/replay", "{\"since\": \"2027-01-01T00:00:00Z\"}");
        assertThat(Set.copyOf(receiver.ids())).isEqualTo(Set.copyOf(ids()));
        assertThat(undelivered()).isEmpty();
    }

    @Test
    void everyThirdEventIsDropped() throws Exception {
        stage.put("/controls/webhooks", "{\"dropEvery\": 3}");

        for (int i = 0; i < 9; i++) {
            stage.createCustomer("reader" + i + "@example.com");
        }
        stage.sandbox.processDue();

        assertThat(receiver.received()).hasSize(6);
        assertThat(undelivered()).hasSize(3);
    }

    @Test
    void duplicateEventsAreDeliveredConcurrently() throws Exception {
        stage.put("/controls/webhooks", "{\"duplicates\": 4}");

        stage.createCustomer("ann@example.com");
        stage.sandbox.processDue();

        assertThat(receiver.ids()).hasSize(5).containsOnly(ids().getFirst());
    }

    @Test
    void resetKeepsWebhookUrl() throws Exception {
        stage.createCustomer("ann@example.com");
        stage.sandbox.processDue();

        stage.send("DELETE", "/controls", "");
        stage.createCustomer("ben@example.com");
        stage.sandbox.processDue();

        assertThat(receiver.received()).hasSize(2);
    }

    @Test
    void resetDuringDeliveryIsSafe() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        receiver.delayResponseOf("customer.created", mayAnswer);
        stage.createCustomer("ann@example.com");

        stage.send("DELETE", "/controls", "");
        mayAnswer.countDown();
        stage.sandbox.processDue();

        assertThat(stage.eventTypes()).isEmpty();
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void resetWithoutWebhookUrlIsSafe() throws Exception {
        try (StripeSandboxFixture fresh = new StripeSandboxFixture()) {
            fresh.send("DELETE", "/controls", "");
            fresh.createCustomer("ben@example.com");
            fresh.sandbox.processDue();
            assertThat(fresh.eventTypes()).containsExactly("customer.created");
        }
    }

    @Test
    void unreachableServiceReceivesEventsWhenItStarts() throws Exception {
        stage.put("/controls/webhooks", "{\"url\": null}");
        stage.createCustomer("ann@example.com");
        stage.sandbox.processDue();

        stage.put("/controls/webhooks", "{\"url\": \"" + receiver.url() + "\"}");
        stage.sandbox.processDue();

        assertThat(receiver.types()).isEqualTo(Collections.singletonList("customer.created"));
    }
}
