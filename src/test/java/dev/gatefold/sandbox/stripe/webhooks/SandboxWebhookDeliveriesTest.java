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

/** Deliveries of webhooks by the sandbox: order, retries, holding, dropping and duplicates. */
class SandboxWebhookDeliveriesTest {
    private final StripeSandboxFixture fixture = new StripeSandboxFixture();
    private final SandboxWebhookReceiver receiver = fixture.receiver();

    @AfterEach
    void close() {
        receiver.close();
        fixture.close();
    }

    private List<String> undelivered() throws Exception {
        var failed = EventListParams.builder()
                .setDeliverySuccess(false)
                .setLimit(100L)
                .build();
        return fixture.stripe.events().list(failed).getData().stream()
                .map(Event::getId)
                .toList();
    }

    private List<String> ids() throws Exception {
        return fixture.events().stream().map(Event::getId).toList();
    }

    @Test
    void eventsAreDeliveredInOrder() throws Exception {
        fixture.createSubscription("pay", 0);

        assertThat(receiver.ids()).isEqualTo(ids());
        assertThat(undelivered()).isEmpty();
    }

    @Test
    void checkoutWaitsForWebhookResponse() throws Exception {
        fixture.createSubscription("pay", 0);

        assertThat(receiver.types()).contains("checkout.session.completed");
    }

    @Test
    void failedDeliveryIsAttemptedFiveTimes() throws Exception {
        receiver.respondWith(500);
        fixture.createCustomer("ann@example.com");
        fixture.sandbox.processDue();
        assertThat(receiver.received()).hasSize(1);

        for (long pause : List.of(2, 5, 15, 60)) {
            fixture.advance(Duration.ofSeconds(pause));
        }
        assertThat(receiver.received()).hasSize(5);

        fixture.advanceDays(1);
        assertThat(receiver.received()).hasSize(5);
        assertThat(undelivered()).hasSize(1);
    }

    @Test
    void failedDeliveryIsRetriedLater() throws Exception {
        receiver.respondWith(503);
        fixture.createCustomer("ann@example.com");
        fixture.sandbox.processDue();
        receiver.respondWith(200);

        fixture.advance(Duration.ofSeconds(2));

        assertThat(receiver.received()).hasSize(2);
        assertThat(undelivered()).isEmpty();
    }

    @Test
    void heldEventsAreReleasedInGivenOrder() throws Exception {
        fixture.put("/controls/webhooks", "{\"mode\": \"HOLD\"}");
        fixture.createSubscription("pay", 0);
        assertThat(receiver.received()).isEmpty();
        List<String> backwards = ids().reversed();

        fixture.post("/controls/webhooks/release", "{\"order\": " + SandboxJson.of(backwards) + "}");

        assertThat(receiver.ids()).isEqualTo(backwards);
        assertThat(undelivered()).isEmpty();
    }

    @Test
    void heldEventsAreReleasedShuffledAndDuplicated() throws Exception {
        fixture.put("/controls/webhooks", "{\"mode\": \"HOLD\"}");
        fixture.createSubscription("pay", 0);

        fixture.post("/controls/webhooks/release", "{\"shuffle\": 7, \"duplicates\": 1}");

        List<String> ids = ids();
        assertThat(receiver.ids()).hasSize(2 * ids.size()).containsAll(ids);
        assertThat(receiver.ids().stream().distinct().toList()).isNotEqualTo(ids);
    }

    @Test
    void droppedEventsAreListedAsUndeliveredAndReplayable() throws Exception {
        fixture.put("/controls/webhooks", "{\"mode\": \"DROP\"}");
        fixture.createSubscription("pay", 0);
        assertThat(receiver.received()).isEmpty();
        assertThat(undelivered()).containsExactlyElementsOf(ids().reversed());

        fixture.post("/controls/webhooks/replay", "{\"event\": \"" + ids().getFirst() + "\"}");
        assertThat(receiver.ids()).containsExactly(ids().getFirst());

        fixture.post("/controls/webhooks/replay", "{\"since\": \"2027-01-01T00:00:00Z\"}");
        assertThat(Set.copyOf(receiver.ids())).isEqualTo(Set.copyOf(ids()));
        assertThat(undelivered()).isEmpty();
    }

    @Test
    void everyThirdEventIsDropped() throws Exception {
        fixture.put("/controls/webhooks", "{\"dropEvery\": 3}");

        for (int i = 0; i < 9; i++) {
            fixture.createCustomer("reader" + i + "@example.com");
        }
        fixture.sandbox.processDue();

        assertThat(receiver.received()).hasSize(6);
        assertThat(undelivered()).hasSize(3);
    }

    @Test
    void duplicateEventsAreDeliveredConcurrently() throws Exception {
        fixture.put("/controls/webhooks", "{\"duplicates\": 4}");

        fixture.createCustomer("ann@example.com");
        fixture.sandbox.processDue();

        assertThat(receiver.ids()).hasSize(5).containsOnly(ids().getFirst());
    }

    @Test
    void resetKeepsWebhookUrl() throws Exception {
        fixture.createCustomer("ann@example.com");
        fixture.sandbox.processDue();

        fixture.send("DELETE", "/controls", "");
        fixture.createCustomer("ben@example.com");
        fixture.sandbox.processDue();

        assertThat(receiver.received()).hasSize(2);
    }

    @Test
    void resetDuringDeliveryIsSafe() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        receiver.delayResponseOf("customer.created", mayAnswer);
        fixture.createCustomer("ann@example.com");

        fixture.send("DELETE", "/controls", "");
        mayAnswer.countDown();
        fixture.sandbox.processDue();

        assertThat(fixture.eventTypes()).isEmpty();
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
        fixture.put("/controls/webhooks", "{\"url\": null}");
        fixture.createCustomer("ann@example.com");
        fixture.sandbox.processDue();

        fixture.put("/controls/webhooks", "{\"url\": \"" + receiver.url() + "\"}");
        fixture.sandbox.processDue();

        assertThat(receiver.types()).isEqualTo(Collections.singletonList("customer.created"));
    }
}
