package dev.gatefold.passes.keys;

import static java.util.Comparator.comparing;

import dev.gatefold.passes.PassConfigCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The keys of the database, and what each is for at an instant. One signs until its successor's time has come, and is
 * published until nothing that it signed can be relied on any more.
 */
public record SigningKeySchedule(List<StoredSigningKey> keys) {
    /** So long a key is published before it signs, for verifiers that fetch keys seldom. */
    public static final Duration ANNOUNCEMENT_PERIOD = Duration.ofDays(1);

    /** So long it is published after it has stopped: the longest life of a pass, and a day for clocks that differ. */
    static final Duration RETENTION_AFTER_SIGNING = PassConfigCheck.MAX_LIFETIME.plusDays(1);

    public SigningKeySchedule {
        keys = keys.stream().sorted(comparing(key -> key.signsFrom)).toList();
    }

    Optional<StoredSigningKey> signing(Instant at) {
        return keys.stream().filter(key -> !key.signsFrom.isAfter(at)).reduce((_, later) -> later);
    }

    /** Published, and not yet signing. */
    Optional<StoredSigningKey> announced(Instant at) {
        return Optional.of(keys)
                .filter(it -> !it.isEmpty())
                .map(List::getLast)
                .filter(key -> key.signsFrom.isAfter(at));
    }

    List<StoredSigningKey> published(Instant at) {
        return keys.stream().filter(key -> !isSpent(key, at)).toList();
    }

    List<StoredSigningKey> expired(Instant at) {
        return keys.stream().filter(key -> isSpent(key, at)).toList();
    }

    private boolean isSpent(StoredSigningKey key, Instant at) {
        return stopsAt(key)
                .filter(end -> !at.isBefore(end.plus(RETENTION_AFTER_SIGNING)))
                .isPresent();
    }

    private Optional<Instant> stopsAt(StoredSigningKey key) {
        int successor = keys.indexOf(key) + 1;
        return successor < keys.size() ? Optional.of(keys.get(successor).signsFrom) : Optional.empty();
    }

    /** When the successor signs that is to be published now; empty where none is due, or one is on its way. */
    Optional<Instant> successorSignsFrom(Instant at, Duration keyRotationInterval) {
        if (announced(at).isPresent()) {
            return Optional.empty();
        }
        return signing(at)
                .map(key -> key.signsFrom.plus(keyRotationInterval))
                .filter(end -> !at.isBefore(end.minus(ANNOUNCEMENT_PERIOD)))
                .map(end -> end.isBefore(at.plus(ANNOUNCEMENT_PERIOD)) ? at.plus(ANNOUNCEMENT_PERIOD) : end);
    }
}
