package dev.gatefold.kernel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Validation of instants that callers send: between the years 1900 and 2200, in whole milliseconds. */
public final class InstantParser {
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private InstantParser() {}

    /**
     * Returns the instant of an RFC 3339 text such as {@code 2026-11-23T10:00:00Z}, truncated to milliseconds; empty if
     * the text is invalid or the instant is out of range.
     */
    public static Optional<Instant> parse(String text) {
        try {
            return normalize(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Returns the instant truncated to milliseconds; empty if it is out of range. */
    public static Optional<Instant> normalize(Instant instant) {
        return Optional.of(instant)
                .filter(it -> it.isAfter(EARLIEST) && it.isBefore(LATEST))
                .map(it -> it.truncatedTo(ChronoUnit.MILLIS));
    }
}
