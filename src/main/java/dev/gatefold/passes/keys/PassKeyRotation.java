package dev.gatefold.passes.keys;

import dev.gatefold.kernel.Problem;
import dev.gatefold.passes.PassConfig;
import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Generates and removes the service's own signing keys, on schedule and on request. One replica at a time does so. */
@Singleton
public final class PassKeyRotation {
    /** Event: the set of stored keys has changed. */
    record PassKeysChanged() {}

    /** Below the default of 2500: a key exists before other code that runs at the start may need one. */
    private static final int EARLY = 1000;

    private final StoredSigningKeys stored;
    private final PassConfig config;
    private final Event<PassKeysChanged> changed;
    private final DatabaseCircuitBreaker database;
    private final Clock clock;

    PassKeyRotation(
            StoredSigningKeys stored,
            PassConfig config,
            Event<PassKeysChanged> changed,
            DatabaseCircuitBreaker database,
            Clock clock) {
        this.stored = stored;
        this.config = config;
        this.changed = changed;
        this.database = database;
        this.clock = clock;
    }

    void rotateAtStart(@Observes @Priority(EARLY) StartupEvent event) {
        rotateIfDue(clock.instant());
    }

    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void rotateOnSchedule() {
        catchUp(clock.instant());
    }

    /** Rotates the keys if that is due at {@code now}. Does nothing during a database outage. */
    public void catchUp(Instant now) {
        var _ = database.callOrElse(
                () -> {
                    rotateIfDue(now);
                    return true;
                },
                () -> false);
    }

    /** Generates the first key or a successor if one is due, and removes keys whose passes have all expired. */
    void rotateIfDue(Instant now) {
        if (config.keys().isEmpty() && isDue(stored.schedule(), now)) {
            withLock(() -> {
                SigningKeySchedule schedule = stored.schedule();
                if (schedule.signing(now).isEmpty()) {
                    generate(now, now);
                }
                schedule.successorSignsFrom(now, config.keyRotationInterval())
                        .ifPresent(signsFrom -> generate(now, signsFrom));
                remove(schedule.expired(now));
                return schedule;
            });
        }
    }

    private boolean isDue(SigningKeySchedule schedule, Instant now) {
        return schedule.signing(now).isEmpty()
                || schedule.successorSignsFrom(now, config.keyRotationInterval())
                        .isPresent()
                || !schedule.expired(now).isEmpty();
    }

    /**
     * Generates a key that signs after the announcement period of one day, or returns the key that is already announced.
     *
     * @throws Problem conflict, if the operator provides the keys
     */
    StoredSigningKey announceSuccessor(Instant now) {
        requireOwnKeys();
        return withLock(() -> stored.schedule()
                .announced(now)
                .orElseGet(() -> generate(now, now.plus(SigningKeySchedule.ANNOUNCEMENT_PERIOD))));
    }

    /**
     * Generates a key that signs at once, and removes all others, so that every pass issued so far becomes invalid.
     *
     * @throws Problem conflict, if the operator provides the keys
     */
    StoredSigningKey replaceAll(Instant now) {
        requireOwnKeys();
        return withLock(() -> {
            remove(stored.schedule().keys());
            return generate(now, now);
        });
    }

    private void requireOwnKeys() {
        if (config.keys().isPresent()) {
            throw Problem.conflict(
                    "keys-configured",
                    "The operator provides the keys",
                    "The keys are the files in GATEFOLD_PASSES_KEYS. Add a new file there; the first file in the list signs.");
        }
    }

    private <T> T withLock(Supplier<T> change) {
        return QuarkusTransaction.joiningExisting().call(() -> {
            stored.lock();
            changed.fire(new PassKeysChanged());
            return change.get();
        });
    }

    private StoredSigningKey generate(Instant now, Instant signsFrom) {
        StoredSigningKey key = StoredSigningKey.generate(now, signsFrom);
        stored.persist(key);
        Log.infof("Published pass signing key %s, which signs from %s", key.kid, signsFrom);
        return key;
    }

    private void remove(List<StoredSigningKey> keys) {
        stored.remove(keys);
        keys.forEach(key -> Log.infof("Removed pass signing key %s", key.kid));
    }
}
