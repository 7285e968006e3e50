package dev.gatefold.sandbox.stripe.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The objects of the sandbox as JSON in Stripe's format, and for each object the data that Stripe does not show. Callers hold
 * the lock while they use it. {@link #now} does not move while a step is processed, so all changes of one step have the same
 * instant.
 */
public final class SandboxState {
    private static final Map<String, String> PREFIXES = Map.ofEntries(
            Map.entry("customer", "cus_"),
            Map.entry("product", "prod_"),
            Map.entry("price", "price_"),
            Map.entry("subscription", "sub_"),
            Map.entry("subscription_item", "si_"),
            Map.entry("invoice", "in_"),
            Map.entry("line_item", "il_"),
            Map.entry("invoice_payment", "inpay_"),
            Map.entry("payment_intent", "pi_"),
            Map.entry("payment_method", "pm_"),
            Map.entry("charge", "ch_"),
            Map.entry("refund", "re_"),
            Map.entry("dispute", "du_"),
            Map.entry("checkout.session", "cs_test_"),
            Map.entry("billing_portal.session", "bps_"),
            Map.entry("subscription_schedule", "sub_sched_"),
            Map.entry("coupon", ""),
            Map.entry("promotion_code", "promo_"),
            Map.entry("discount", "di_"),
            Map.entry("customer_balance_transaction", "cbtxn_"),
            Map.entry("event", "evt_"));
    private static final Map<String, String> TEMPLATES = new ConcurrentHashMap<>();
    private static final String ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ReentrantLock lock = new ReentrantLock();
    private final Clock clock;
    private final Map<String, Map<String, ObjectNode>> objects = new LinkedHashMap<>();
    private ObjectNode settings = SandboxJson.object();
    private ObjectNode notes = SandboxJson.object();
    private Instant now;

    public SandboxState(Clock clock) {
        this.clock = clock;
        this.now = clock.instant();
    }

    /** Runs the work under the lock, which is reentrant. */
    public <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the current instant of the clock, in contrast to {@link #now}. */
    public Instant clockInstant() {
        return clock.instant();
    }

    /** Returns the instant of the step that is processed; it lies in the past while due steps are caught up. */
    public Instant now() {
        return now;
    }

    public long nowEpochSeconds() {
        return now.getEpochSecond();
    }

    public void setNow(Instant instant) {
        now = instant.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Creates and stores an object of a kind such as {@code customer}. */
    public ObjectNode create(String kind) {
        ObjectNode object = newObject(kind);
        put(object);
        return object;
    }

    /** Creates an object with an id and the default fields of its kind, without storing it. */
    public ObjectNode newObject(String kind) {
        ObjectNode object = SandboxJson.object();
        object.put("id", newId(PREFIXES.get(kind)));
        object.put("object", kind);
        object.put("created", nowEpochSeconds());
        object.put("livemode", false);
        object.setAll(template(kind));
        return object;
    }

    public void put(ObjectNode object) {
        objects.computeIfAbsent(kind(object), any -> new LinkedHashMap<>()).put(id(object), object);
    }

    private static ObjectNode template(String kind) {
        String template = TEMPLATES.computeIfAbsent(kind, it -> SandboxJson.resource("shapes/" + it + ".json"));
        try {
            return (ObjectNode) SandboxJson.parse(template);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(kind, e);
        }
    }

    public static String newId(String prefix) {
        StringBuilder id = new StringBuilder(prefix);
        RANDOM.ints(ID_LENGTH, 0, ID_CHARACTERS.length()).forEach(i -> id.append(ID_CHARACTERS.charAt(i)));
        return id.toString();
    }

    public static String id(ObjectNode object) {
        return object.path("id").asText();
    }

    private static String kind(ObjectNode object) {
        return object.path("object").asText();
    }

    public Collection<ObjectNode> all(String kind) {
        return objects.getOrDefault(kind, Map.of()).values();
    }

    public Optional<ObjectNode> find(String id) {
        return objects.values().stream()
                .filter(kind -> kind.containsKey(id))
                .map(kind -> kind.get(id))
                .findFirst();
    }

    public Optional<ObjectNode> find(String kind, String id) {
        return Optional.ofNullable(objects.getOrDefault(kind, Map.of()).get(id));
    }

    /**
     * Returns the object.
     *
     * @throws SandboxApiError with status 404 if it does not exist
     */
    public ObjectNode require(String kind, String id) {
        return find(kind, id).orElseThrow(() -> SandboxApiError.resourceMissing(kind, id, "id"));
    }

    /** Returns the data of an object that the API does not show, which can be changed in place. */
    public ObjectNode internalData(ObjectNode object) {
        return SandboxJson.child(notes, id(object));
    }

    public void remove(ObjectNode object) {
        objects.getOrDefault(kind(object), Map.of()).remove(id(object));
        notes.remove(id(object));
    }

    /** Returns settings of the controls and other single values, which can be changed in place. */
    public ObjectNode settings(String topic) {
        return SandboxJson.child(settings, topic);
    }

    public void clear() {
        objects.clear();
        settings = SandboxJson.object();
        notes = SandboxJson.object();
    }

    /** Returns the whole state as text, because the objects can change after the lock is released. */
    public String toJson() {
        ObjectNode document = SandboxJson.object();
        document.set("settings", settings);
        document.set("notes", notes);
        document.set(
                "objects",
                SandboxJson.of(List.copyOf(objects.values().stream()
                        .flatMap(it -> it.values().stream())
                        .toList())));
        return document.toString();
    }

    public void restore(ObjectNode document) {
        clear();
        settings = SandboxJson.child(document, "settings");
        notes = SandboxJson.child(document, "notes");
        document.path("objects").forEach(object -> put((ObjectNode) object));
    }
}
