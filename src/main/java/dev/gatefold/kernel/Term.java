package dev.gatefold.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A half-open time interval {@code [from, until)}.
 *
 * @param from start, inclusive
 * @param until end, exclusive; empty if the term has no end
 */
public record Term(Instant from, Optional<Instant> until) {
    /**
     * Validates the interval.
     *
     * @throws IllegalArgumentException if the end is not after the start
     */
    public Term {
        Objects.requireNonNull(from, "from");
        until.filter(end -> !end.isAfter(from)).ifPresent(end -> {
            throw new IllegalArgumentException("The end must be after the start: [" + from + ", " + end + ")");
        });
    }

    /** Returns a term of days of 24 hours each, regardless of daylight saving time. */
    public static Term ofDays(Instant from, int days) {
        return new Term(from, Optional.of(from.plus(Duration.ofDays(days))));
    }

    /** Returns true if the instant is in {@code [from, until)}. */
    public boolean contains(Instant at) {
        return !at.isBefore(from) && !endedBy(at);
    }

    /** Returns true if the term starts after the instant. */
    public boolean startsAfter(Instant at) {
        return from.isAfter(at);
    }

    /** Returns true if the term has ended at the instant. */
    public boolean endedBy(Instant at) {
        return until.isPresent() && !at.isBefore(until.get());
    }

    /** Returns the end for comparisons: {@link Instant#MAX} if the term has no end. */
    public Instant end() {
        return until.orElse(Instant.MAX);
    }
}
