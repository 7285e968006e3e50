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

/** The keys in use: the operator's, or else the service's own. */
@Singleton
public final class PassKeyRing {
    private record CachedKeySchedule(SigningKeySchedule keys, Instant at) {}

    /** Everybody may ask for the keys, and the database is not to notice. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final StoredSigningKeys keys;
    private final PassKeyRotation rotation;
    private final DatabaseCircuitBreaker reach;
    private final ConfiguredSigningKeys given;
    private volatile CachedKeySchedule known;

    PassKeyRing(
            StoredSigningKeys keys,
            PassKeyRotation rotation,
            DatabaseCircuitBreaker reach,
            ConfiguredSigningKeys given) {
        this.keys = keys;
        this.rotation = rotation;
        this.reach = reach;
        this.given = given;
    }

    /** As the database has it at this moment: what was taken away a second ago signs no more. */
    public PassSigningKey signingKey(Instant at) {
        return given.all().map(List::getFirst).orElseGet(() -> {
            if (keys.all().signing(at).isEmpty()) {
                rotation.rotateIfDue(at);
            }
            return keys.all().signing(at).orElseThrow().signingKey();
        });
    }

    /** As they were a second ago, or, while the database is away, when they were last seen. */
    List<PassSigningKey> publishedKeys(Instant at) {
        return given.all()
                .orElseGet(() -> current(at).published(at).stream()
                        .map(StoredSigningKey::signingKey)
                        .toList());
    }

    private SigningKeySchedule current(Instant at) {
        CachedKeySchedule last = known;
        if (last != null && !at.isBefore(last.at) && at.isBefore(last.at.plus(FRESH))) {
            return last.keys;
        }
        SigningKeySchedule now = reach.callOrElse(
                keys::all,
                () -> Optional.ofNullable(last)
                        .map(CachedKeySchedule::keys)
                        .orElseThrow(() -> Problem.unavailable("database")));
        known = new CachedKeySchedule(now, at);
        return now;
    }

    void invalidate(@Observes(during = TransactionPhase.AFTER_SUCCESS) PassKeyRotation.PassKeysChanged change) {
        known = null;
    }
}
