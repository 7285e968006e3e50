package dev.gatefold.passes.keys;

import dev.gatefold.kernel.Problem;
import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The keys in use: those that the operator provides, or else those that the service generated. */
@Singleton
public final class PassKeyRing {
    private record CachedKeySchedule(SigningKeySchedule schedule, Instant loadedAt) {}

    /** The JWK set is public, so it is read from the database at most once a second. */
    private static final Duration CACHE_DURATION = Duration.ofSeconds(1);

    private final StoredSigningKeys stored;
    private final PassKeyRotation rotation;
    private final DatabaseCircuitBreaker database;
    private final ConfiguredSigningKeys configured;
    private volatile CachedKeySchedule cached;

    PassKeyRing(
            StoredSigningKeys stored,
            PassKeyRotation rotation,
            DatabaseCircuitBreaker database,
            ConfiguredSigningKeys configured) {
        this.stored = stored;
        this.rotation = rotation;
        this.database = database;
        this.configured = configured;
    }

    /**
     * Returns the key that signs at an instant, and generates one if there is none. Reads the database and not the cache:
     * a key that was removed as compromised must not sign for another second.
     */
    public PassSigningKey signingKey(Instant at) {
        return configured.all().map(List::getFirst).orElseGet(() -> {
            if (stored.schedule().signing(at).isEmpty()) {
                rotation.rotateIfDue(at);
            }
            return stored.schedule().signing(at).orElseThrow().signingKey();
        });
    }

    /**
     * Returns the published keys, at most one second old. During a database outage, returns the last known keys.
     *
     * @throws Problem unavailable, during an outage if no keys are known
     */
    List<PassSigningKey> publishedKeys(Instant at) {
        return configured
                .all()
                .orElseGet(() -> schedule(at).published(at).stream()
                        .map(StoredSigningKey::signingKey)
                        .toList());
    }

    private SigningKeySchedule schedule(Instant at) {
        CachedKeySchedule last = cached;
        if (last != null && !at.isBefore(last.loadedAt) && at.isBefore(last.loadedAt.plus(CACHE_DURATION))) {
            return last.schedule;
        }
        SigningKeySchedule current = database.callOrElse(
                stored::schedule,
                () -> Optional.ofNullable(last)
                        .map(CachedKeySchedule::schedule)
                        .orElseThrow(() -> Problem.unavailable("database")));
        cached = new CachedKeySchedule(current, at);
        return current;
    }

    void invalidate(@Observes(during = TransactionPhase.AFTER_SUCCESS) PassKeyRotation.PassKeysChanged change) {
        cached = null;
    }
}
