package dev.gatefold.kernel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Instants that callers name: of years that anybody means, and no finer than the database keeps them. */
public final class InstantParser {
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private InstantParser() {}

    /** What RFC 3339 says, such as {@code 2026-11-23T10:00:00Z}; empty where it says nothing that can be used. */
    public static Optional<Instant> parse(String text) {
        try {
            return normalize(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The instant in whole milliseconds; empty where nobody can mean it. */
    public static Optional<Instant> normalize(Instant instant) {
        return Optional.of(instant)
                .filter(it -> it.isAfter(EARLIEST) && it.isBefore(LATEST))
                .map(it -> it.truncatedTo(ChronoUnit.MILLIS));
    }
}
