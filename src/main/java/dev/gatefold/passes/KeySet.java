package dev.gatefold.passes;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The keys of the database, and what each is for at an instant. One signs until its successor's time has come, and is
 * published until nothing that it signed can be relied on any more.
 */
record KeySet(List<PassKey> keys) {
    /** So long a key is published before it signs, for verifiers that fetch keys seldom. */
    static final Duration ANNOUNCED = Duration.ofDays(1);

    /** So long it is published after it has stopped: the longest life of a pass, and a day for clocks that differ. */
    static final Duration KEPT = PassSettings.LONGEST_LIFE.plusDays(1);

    KeySet {
        keys = keys.stream().sorted(comparing(key -> key.signsFrom)).toList();
    }

    Optional<PassKey> signing(Instant at) {
        return keys.stream().filter(key -> !key.signsFrom.isAfter(at)).reduce((_, later) -> later);
    }

    /** Published, and not yet signing. */
    Optional<PassKey> coming(Instant at) {
        return Optional.of(keys)
                .filter(it -> !it.isEmpty())
                .map(List::getLast)
                .filter(key -> key.signsFrom.isAfter(at));
    }

    List<PassKey> published(Instant at) {
        return keys.stream().filter(key -> !isSpent(key, at)).toList();
    }

    List<PassKey> spent(Instant at) {
        return keys.stream().filter(key -> isSpent(key, at)).toList();
    }

    private boolean isSpent(PassKey key, Instant at) {
        return stopsAt(key).filter(end -> !at.isBefore(end.plus(KEPT))).isPresent();
    }

    private Optional<Instant> stopsAt(PassKey key) {
        int successor = keys.indexOf(key) + 1;
        return successor < keys.size() ? Optional.of(keys.get(successor).signsFrom) : Optional.empty();
    }

    /** When the successor signs that is to be published now; empty where none is due, or one is on its way. */
    Optional<Instant> successorSigns(Instant at, Duration keySigns) {
        if (coming(at).isPresent()) {
            return Optional.empty();
        }
        return signing(at)
                .map(key -> key.signsFrom.plus(keySigns))
                .filter(end -> !at.isBefore(end.minus(ANNOUNCED)))
                .map(end -> end.isBefore(at.plus(ANNOUNCED)) ? at.plus(ANNOUNCED) : end);
    }
}
