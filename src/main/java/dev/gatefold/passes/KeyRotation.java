package dev.gatefold.passes;

import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Reach;
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
public final class KeyRotation {
    /** A fact: other keys than before are in use. */
    record KeysChanged() {}

    private static final int EARLY = 1000;

    private final PassKeys keys;
    private final PassConfig config;
    private final Event<KeysChanged> changed;
    private final Reach reach;
    private final Clock clock;

    KeyRotation(PassKeys keys, PassConfig config, Event<KeysChanged> changed, Reach reach, Clock clock) {
        this.keys = keys;
        this.config = config;
        this.changed = changed;
        this.reach = reach;
        this.clock = clock;
    }

    void atStart(@Observes @Priority(EARLY) StartupEvent event) {
        tend(clock.instant());
    }

    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void onTime() {
        catchUp(clock.instant());
    }

    /** Does what is due by then, if the database can be reached. */
    public void catchUp(Instant now) {
        var _ = reach.ask(
                () -> {
                    tend(now);
                    return true;
                },
                () -> false);
    }

    /** Brings in the first key, or a successor, where that is due, and takes away what nobody needs any more. */
    void tend(Instant now) {
        if (config.keys().isEmpty() && isDue(keys.all(), now)) {
            alone(() -> {
                KeySet known = keys.all();
                if (known.signing(now).isEmpty()) {
                    bringIn(now, now);
                }
                known.successorSigns(now, config.keySigns()).ifPresent(signsFrom -> bringIn(now, signsFrom));
                takeAway(known.spent(now));
                return known;
            });
        }
    }

    private boolean isDue(KeySet known, Instant now) {
        return known.signing(now).isEmpty()
                || known.successorSigns(now, config.keySigns()).isPresent()
                || !known.spent(now).isEmpty();
    }

    /** Brings in a key that signs a day later, unless one is on its way already. */
    PassKey announce(Instant now) {
        requireOwnKeys();
        return alone(() -> keys.all().coming(now).orElseGet(() -> bringIn(now, now.plus(KeySet.ANNOUNCED))));
    }

    /** Brings in a key that signs at once, and trusts none of the others any more. */
    PassKey replaceAll(Instant now) {
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
            changed.fire(new KeysChanged());
            return change.get();
        });
    }

    private PassKey bringIn(Instant now, Instant signsFrom) {
        PassKey key = PassKey.fresh(now, signsFrom);
        keys.persist(key);
        Log.infof("Key %s is published, and signs passes from %s", key.kid, signsFrom);
        return key;
    }

    private void takeAway(List<PassKey> gone) {
        keys.remove(gone);
        gone.forEach(key -> Log.infof("Key %s is published no more", key.kid));
    }
}
