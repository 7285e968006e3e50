package dev.gatefold.sandbox.stripe.webhooks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Delivers events to the service, oldest first unless the settings say otherwise. The next event is sent when the service has
 * answered, or after 250 ms. Failed deliveries are retried with increasing delays by the clock of the service.
 */
public final class SandboxWebhookDeliveries implements Closeable {
    private static final List<Duration> RETRY_DELAYS =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(60));
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long ORDERING_WAIT_MILLIS = 250;

    private final SandboxState state;
    private final SandboxWebhookSender sender = new SandboxWebhookSender(TIMEOUT);
    private final ReentrantLock sending = new ReentrantLock();
    private final Map<String, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();

    public SandboxWebhookDeliveries(SandboxState state) {
        this.state = state;
    }

    private ObjectNode settings() {
        return state.settings("webhooks");
    }

    public SandboxDeliveryMode mode() {
        return SandboxDeliveryMode.valueOf(settings().path("mode").asText(SandboxDeliveryMode.DELIVER.name()));
    }

    public SandboxDeliveryState state(ObjectNode event) {
        return SandboxDeliveryState.valueOf(
                state.internalData(event).path("state").asText());
    }

    /** Returns true if the service has accepted the event. */
    boolean succeeded(ObjectNode event) {
        return state(event) == SandboxDeliveryState.DELIVERED;
    }

    void enqueue(ObjectNode event) {
        int count = settings().path("count").asInt() + 1;
        settings().put("count", count);
        int every = settings().path("dropEvery").asInt();
        SandboxDeliveryState initialState = switch (mode()) {
            case DELIVER ->
                every > 0 && count % every == 0 ? SandboxDeliveryState.DROPPED : SandboxDeliveryState.PENDING;
            case HOLD -> SandboxDeliveryState.HELD;
            case DROP -> SandboxDeliveryState.DROPPED;
        };
        state.internalData(event).put("state", initialState.name());
    }

    /**
     * Delivers all events that are due, and returns when each attempt has been answered or has failed.
     *
     * @return true if any event was due
     */
    public boolean deliver() {
        sending.lock();
        try {
            List<ObjectNode> batch = state.locked(this::due);
            boolean any = !batch.isEmpty();
            while (!batch.isEmpty()) {
                send(batch, state.locked(() -> settings().path("duplicates").asInt()));
                batch = state.locked(this::due);
            }
            return any;
        } finally {
            sending.unlock();
        }
    }

    private List<ObjectNode> due() {
        if (SandboxJson.text(settings(), "url").isEmpty()) {
            return List.of();
        }
        long now = state.clockInstant().toEpochMilli();
        long last = RETRY_DELAYS.getLast().toMillis();
        List<ObjectNode> due = new ArrayList<>(state.all("event").stream()
                .filter(event -> state(event) == SandboxDeliveryState.PENDING)
                .filter(event -> {
                    long next = state.internalData(event).path("next").asLong();
                    return next <= now || next > now + last; // the second case: the clock was moved back
                })
                .toList());
        if (settings().hasNonNull("shuffle")) {
            Collections.shuffle(due, new Random(settings().path("shuffle").asLong()));
        }
        return due;
    }

    /** Delivers the events now, in this order, each once plus the number of duplicates. */
    void deliver(List<ObjectNode> events, int duplicates) {
        sending.lock();
        try {
            send(events, duplicates);
        } finally {
            sending.unlock();
        }
    }

    private void send(List<ObjectNode> events, int duplicates) {
        List<CompletableFuture<?>> rounds = new ArrayList<>();
        for (ObjectNode event : events) {
            Optional<SandboxWebhookSender.SignedWebhook> webhook = state.locked(() -> signedWebhook(event));
            if (webhook.isEmpty()) {
                break;
            }
            List<CompletableFuture<SandboxWebhookSender.WebhookResponse>> copies = new ArrayList<>();
            for (int i = 0; i <= duplicates; i++) {
                copies.add(sender.send(webhook.get()));
            }
            var round = CompletableFuture.allOf(copies.toArray(CompletableFuture[]::new))
                    .thenRun(() -> recordResponses(
                            event, copies.stream().map(CompletableFuture::join).toList()));
            rounds.add(round);
            await(round, ORDERING_WAIT_MILLIS);
        }
        rounds.forEach(CompletableFuture::join);
    }

    private Optional<SandboxWebhookSender.SignedWebhook> signedWebhook(ObjectNode event) {
        String body = SandboxJson.pretty(event);
        return SandboxJson.text(settings(), "url")
                .map(url -> SandboxWebhookSender.SignedWebhook.signed(
                        url, body, state.clockInstant().getEpochSecond()));
    }

    private void recordResponses(ObjectNode event, List<SandboxWebhookSender.WebhookResponse> responses) {
        state.locked(() -> {
            if (state.find("event", SandboxState.id(event)).isEmpty()) {
                return event; // deleted by a reset during the delivery
            }
            ObjectNode note = state.internalData(event);
            responses.forEach(response -> note.withArray("/tries").add(SandboxJson.of(response.statusOrError())));
            if (responses.stream().anyMatch(SandboxWebhookSender.WebhookResponse::accepted)) {
                note.put("state", SandboxDeliveryState.DELIVERED.name());
                event.put("pending_webhooks", 0);
            } else if (state(event) == SandboxDeliveryState.PENDING) {
                scheduleRetry(note);
            }
            return note;
        });
        Optional.ofNullable(awaited.remove(SandboxState.id(event))).ifPresent(it -> it.complete(null));
    }

    private void scheduleRetry(ObjectNode note) {
        int failures = note.path("failures").asInt();
        note.put("failures", failures + 1);
        if (failures < RETRY_DELAYS.size()) {
            Instant next = state.clockInstant().plus(RETRY_DELAYS.get(failures));
            note.put("next", next.toEpochMilli());
        } else {
            note.put("state", SandboxDeliveryState.FAILED.name());
        }
    }

    /** Delivers the event and waits for the response for at most 10 seconds, as Stripe's Checkout does before it redirects. */
    public void deliverAndAwaitResponse(ObjectNode event) {
        CompletableFuture<Void> response =
                awaited.computeIfAbsent(SandboxState.id(event), any -> new CompletableFuture<>());
        if (state.locked(() -> due().contains(event))) {
            Thread.ofVirtual().start(this::deliver);
            await(response, TIMEOUT.toMillis());
        }
        awaited.remove(SandboxState.id(event));
    }

    private static void await(CompletableFuture<Void> future, long millis) {
        try {
            future.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        sender.close();
    }
}
