package dev.gatefold.passes;

import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Reach;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The keys in use: the operator's, or else the service's own. */
@Singleton
final class KeyRing {
    private record Known(KeySet keys, Instant at) {}

    /** Everybody may ask for the keys, and the database is not to notice. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final PassKeys keys;
    private final KeyRotation rotation;
    private final Reach reach;
    private final OperatorsKeys given;
    private volatile Known known;

    KeyRing(PassKeys keys, KeyRotation rotation, Reach reach, OperatorsKeys given) {
        this.keys = keys;
        this.rotation = rotation;
        this.reach = reach;
        this.given = given;
    }

    /** As the database has it at this moment: what was taken away a second ago signs no more. */
    SigningKey signing(Instant at) {
        return given.all().map(List::getFirst).orElseGet(() -> {
            if (keys.all().signing(at).isEmpty()) {
                rotation.tend(at);
            }
            return keys.all().signing(at).orElseThrow().signingKey();
        });
    }

    /** As they were a second ago, or, while the database is away, when they were last seen. */
    List<SigningKey> published(Instant at) {
        return given.all()
                .orElseGet(() -> current(at).published(at).stream()
                        .map(PassKey::signingKey)
                        .toList());
    }

    private KeySet current(Instant at) {
        Known last = known;
        if (last != null && !at.isBefore(last.at) && at.isBefore(last.at.plus(FRESH))) {
            return last.keys;
        }
        KeySet now = reach.ask(
                keys::all,
                () -> Optional.ofNullable(last).map(Known::keys).orElseThrow(() -> Problem.unavailable("database")));
        known = new Known(now, at);
        return now;
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) KeyRotation.KeysChanged change) {
        known = null;
    }
}
