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
 * Brings the events to the service, in the order in which they happened unless told otherwise, one after the other as
 * long as it answers promptly. What fails is tried again, with growing pauses by the service's clock.
 */
public final class SandboxWebhookDeliveries implements Closeable {
    public enum DeliveryMode {
        DELIVER,
        HOLD,
        DROP
    }

    public enum DeliveryState {
        PENDING,
        HELD,
        DROPPED,
        DELIVERED,
        FAILED
    }

    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(60));
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PROMPT_MILLIS = 250;

    private final SandboxState world;
    private final SandboxWebhookSender postman = new SandboxWebhookSender(PATIENCE);
    private final ReentrantLock sending = new ReentrantLock();
    private final Map<String, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();

    public SandboxWebhookDeliveries(SandboxState world) {
        this.world = world;
    }

    private ObjectNode settings() {
        return world.settings("webhooks");
    }

    public DeliveryMode mode() {
        return DeliveryMode.valueOf(settings().path("mode").asText(DeliveryMode.DELIVER.name()));
    }

    public DeliveryState state(ObjectNode event) {
        return DeliveryState.valueOf(world.internalData(event).path("state").asText());
    }

    boolean succeeded(ObjectNode event) {
        return state(event) == DeliveryState.DELIVERED;
    }

    void enqueue(ObjectNode event) {
        int count = settings().path("count").asInt() + 1;
        settings().put("count", count);
        int every = settings().path("dropEvery").asInt();
        DeliveryState state = switch (mode()) {
            case DELIVER -> every > 0 && count % every == 0 ? DeliveryState.DROPPED : DeliveryState.PENDING;
            case HOLD -> DeliveryState.HELD;
            case DROP -> DeliveryState.DROPPED;
        };
        world.internalData(event).put("state", state.name());
    }

    /** Delivers all that is due, and returns when each has been answered or has failed once more: whether any was. */
    public boolean deliver() {
        sending.lock();
        try {
            List<ObjectNode> batch = world.locked(this::due);
            boolean any = !batch.isEmpty();
            while (!batch.isEmpty()) {
                send(batch, world.locked(() -> settings().path("duplicates").asInt()));
                batch = world.locked(this::due);
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
        long now = world.clockInstant().toEpochMilli();
        long last = PAUSES.getLast().toMillis();
        List<ObjectNode> due = new ArrayList<>(world.all("event").stream()
                .filter(event -> state(event) == DeliveryState.PENDING)
                .filter(event -> {
                    long next = world.internalData(event).path("next").asLong();
                    return next <= now || next > now + last; // the latter after the clock was put back
                })
                .toList());
        if (settings().hasNonNull("shuffle")) {
            Collections.shuffle(due, new Random(settings().path("shuffle").asLong()));
        }
        return due;
    }

    /** Delivers these now, in this order, each once and as many times more. */
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
            Optional<SandboxWebhookSender.SignedWebhook> letter = world.locked(() -> letter(event));
            if (letter.isEmpty()) {
                break;
            }
            List<CompletableFuture<SandboxWebhookSender.WebhookResponse>> copies = new ArrayList<>();
            for (int i = 0; i <= duplicates; i++) {
                copies.add(postman.send(letter.get()));
            }
            var round = CompletableFuture.allOf(copies.toArray(CompletableFuture[]::new))
                    .thenRun(() -> answered(
                            event, copies.stream().map(CompletableFuture::join).toList()));
            rounds.add(round);
            await(round, PROMPT_MILLIS);
        }
        rounds.forEach(CompletableFuture::join);
    }

    private Optional<SandboxWebhookSender.SignedWebhook> letter(ObjectNode event) {
        String body = SandboxJson.pretty(event);
        return SandboxJson.text(settings(), "url")
                .map(url -> SandboxWebhookSender.SignedWebhook.signed(
                        url, body, world.clockInstant().getEpochSecond()));
    }

    private void answered(ObjectNode event, List<SandboxWebhookSender.WebhookResponse> answers) {
        world.locked(() -> {
            if (world.find("event", SandboxState.id(event)).isEmpty()) {
                return event; // forgotten while it was under way
            }
            ObjectNode note = world.internalData(event);
            answers.forEach(answer -> note.withArray("/tries").add(SandboxJson.of(answer.statusOrError())));
            if (answers.stream().anyMatch(SandboxWebhookSender.WebhookResponse::accepted)) {
                note.put("state", DeliveryState.DELIVERED.name());
                event.put("pending_webhooks", 0);
            } else if (state(event) == DeliveryState.PENDING) {
                again(note);
            }
            return note;
        });
        Optional.ofNullable(awaited.remove(SandboxState.id(event))).ifPresent(it -> it.complete(null));
    }

    private void again(ObjectNode note) {
        int failures = note.path("failures").asInt();
        note.put("failures", failures + 1);
        if (failures < PAUSES.size()) {
            Instant next = world.clockInstant().plus(PAUSES.get(failures));
            note.put("next", next.toEpochMilli());
        } else {
            note.put("state", DeliveryState.FAILED.name());
        }
    }

    /** Delivers, and waits as Stripe's Checkout does, until the service has answered this event, if it is told of it at all. */
    public void deliverAndAwaitResponse(ObjectNode event) {
        CompletableFuture<Void> answer =
                awaited.computeIfAbsent(SandboxState.id(event), any -> new CompletableFuture<>());
        if (world.locked(() -> due().contains(event))) {
            Thread.ofVirtual().start(this::deliver);
            await(answer, PATIENCE.toMillis());
        }
        awaited.remove(SandboxState.id(event));
    }

    private static void await(CompletableFuture<Void> what, long millis) {
        try {
            what.get(millis, TimeUnit.MILLISECONDS);
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
        postman.close();
    }
}
