package dev.gatefold.passes.keys;

import static java.util.Comparator.comparing;

import dev.gatefold.passes.PassConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The stored keys and their roles over time. A key signs until its successor starts to sign. It stays published until no
 * verifier may rely on a pass that it signed.
 *
 * @param keys sorted by {@code signsFrom}
 */
public record SigningKeySchedule(List<StoredSigningKey> keys) {
    /** How long a key is published before it signs, for verifiers that rarely fetch the JWK set. */
    public static final Duration ANNOUNCEMENT_PERIOD = Duration.ofDays(1);

    /** How long a key stays published after it has stopped signing: the longest lifetime of a pass, and a day of clock skew. */
    static final Duration RETENTION_AFTER_SIGNING = PassConfig.MAX_LIFETIME.plusDays(1);

    public SigningKeySchedule {
        keys = keys.stream().sorted(comparing(key -> key.signsFrom)).toList();
    }

    Optional<StoredSigningKey> signing(Instant at) {
        return keys.stream().filter(key -> !key.signsFrom.isAfter(at)).reduce((_, later) -> later);
    }

    /** Returns the key that is published but does not sign yet. */
    Optional<StoredSigningKey> announced(Instant at) {
        return Optional.of(keys)
                .filter(it -> !it.isEmpty())
                .map(List::getLast)
                .filter(key -> key.signsFrom.isAfter(at));
    }

    List<StoredSigningKey> published(Instant at) {
        return keys.stream().filter(key -> !isExpired(key, at)).toList();
    }

    List<StoredSigningKey> expired(Instant at) {
        return keys.stream().filter(key -> isExpired(key, at)).toList();
    }

    private boolean isExpired(StoredSigningKey key, Instant at) {
        return stopsSigningAt(key)
                .filter(end -> !at.isBefore(end.plus(RETENTION_AFTER_SIGNING)))
                .isPresent();
    }

    private Optional<Instant> stopsSigningAt(StoredSigningKey key) {
        int successor = keys.indexOf(key) + 1;
        return successor < keys.size() ? Optional.of(keys.get(successor).signsFrom) : Optional.empty();
    }

    /**
     * Returns when a successor that is published at {@code at} starts to sign: when the rotation interval of the present
     * key ends, but not before the announcement period is over.
     *
     * @return empty if no successor is due, or one is already announced
     */
    Optional<Instant> successorSignsFrom(Instant at, Duration keyRotationInterval) {
        if (announced(at).isPresent()) {
            return Optional.empty();
        }
        Instant earliest = at.plus(ANNOUNCEMENT_PERIOD);
        return signing(at)
                .map(key -> key.signsFrom.plus(keyRotationInterval))
                .filter(end -> !end.isAfter(earliest))
                .map(end -> end.isBefore(earliest) ? earliest : end);
    }
}
