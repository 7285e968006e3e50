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

/** Changes the keys that the service made for itself, in time and on demand; of many replicas, one at a time. */
@Singleton
public final class PassKeyRotation {
    /** A fact: other keys than before are in use. */
    record PassKeysChanged() {}

    private static final int EARLY = 1000;

    private final StoredSigningKeys keys;
    private final PassConfig config;
    private final Event<PassKeysChanged> changed;
    private final DatabaseCircuitBreaker reach;
    private final Clock clock;

    PassKeyRotation(
            StoredSigningKeys keys,
            PassConfig config,
            Event<PassKeysChanged> changed,
            DatabaseCircuitBreaker reach,
            Clock clock) {
        this.keys = keys;
        this.config = config;
        this.changed = changed;
        this.reach = reach;
        this.clock = clock;
    }

    void atStart(@Observes @Priority(EARLY) StartupEvent event) {
        rotateIfDue(clock.instant());
    }

    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void onTime() {
        catchUp(clock.instant());
    }

    /** Does what is due by then, if the database can be reached. */
    public void catchUp(Instant now) {
        var _ = reach.callOrElse(
                () -> {
                    rotateIfDue(now);
                    return true;
                },
                () -> false);
    }

    /** Brings in the first key, or a successor, where that is due, and takes away what nobody needs any more. */
    void rotateIfDue(Instant now) {
        if (config.keys().isEmpty() && isDue(keys.all(), now)) {
            alone(() -> {
                SigningKeySchedule known = keys.all();
                if (known.signing(now).isEmpty()) {
                    bringIn(now, now);
                }
                known.successorSignsFrom(now, config.keyRotationInterval())
                        .ifPresent(signsFrom -> bringIn(now, signsFrom));
                takeAway(known.expired(now));
                return known;
            });
        }
    }

    private boolean isDue(SigningKeySchedule known, Instant now) {
        return known.signing(now).isEmpty()
                || known.successorSignsFrom(now, config.keyRotationInterval()).isPresent()
                || !known.expired(now).isEmpty();
    }

    /** Brings in a key that signs a day later, unless one is on its way already. */
    StoredSigningKey announceSuccessor(Instant now) {
        requireOwnKeys();
        return alone(() -> keys.all()
                .announced(now)
                .orElseGet(() -> bringIn(now, now.plus(SigningKeySchedule.ANNOUNCEMENT_PERIOD))));
    }

    /** Brings in a key that signs at once, and trusts none of the others any more. */
    StoredSigningKey replaceAll(Instant now) {
        requireOwnKeys();
        return alone(() -> {
            takeAway(keys.all().keys());
            return bringIn(now, now);
        });
    }

    private void requireOwnKeys() {
        if (config.keys().isPresent()) {
            throw Problem.conflict(
                    "keys-configured",
                    "The keys are the operator's",
                    "GATEFOLD_PASSES_KEYS names the keys: put a new one there, first in the list when it is to sign");
        }
    }

    private <T> T alone(Supplier<T> change) {
        return QuarkusTransaction.joiningExisting().call(() -> {
            keys.lock();
            changed.fire(new PassKeysChanged());
            return change.get();
        });
    }

    private StoredSigningKey bringIn(Instant now, Instant signsFrom) {
        StoredSigningKey key = StoredSigningKey.generate(now, signsFrom);
        keys.persist(key);
        Log.infof("Key %s is published, and signs passes from %s", key.kid, signsFrom);
        return key;
    }

    private void takeAway(List<StoredSigningKey> gone) {
        keys.remove(gone);
        gone.forEach(key -> Log.infof("Key %s is published no more", key.kid));
    }
}
