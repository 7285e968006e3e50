package dev.gatefold.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A half-open span of time: {@code from} belongs to it, {@code until} does not. Without {@code until} it never ends.
 */
public record Term(Instant from, Optional<Instant> until) {
    public Term {
        Objects.requireNonNull(from, "from");
        until.filter(end -> !end.isAfter(from)).ifPresent(end -> {
            throw new IllegalArgumentException("A term ends after it begins: [" + from + ", " + end + ")");
        });
    }

    /** Days of 24 hours, whatever the clocks of a place do: a trial of 14 days is 336 hours everywhere. */
    public static Term ofDays(Instant from, int days) {
        return new Term(from, Optional.of(from.plus(Duration.ofDays(days))));
    }

    public boolean contains(Instant at) {
        return !at.isBefore(from) && !endedBy(at);
    }

    public boolean startsAfter(Instant at) {
        return from.isAfter(at);
    }

    public boolean endedBy(Instant at) {
        return until.isPresent() && !at.isBefore(until.get());
    }

    /** The end for comparing: a term that never ends is later than every other. */
    public Instant end() {
        return until.orElse(Instant.MAX);
    }
}
