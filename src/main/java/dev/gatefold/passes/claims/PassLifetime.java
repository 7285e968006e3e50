package dev.gatefold.passes.claims;

import dev.gatefold.passes.PassConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How long a pass lives, in whole seconds, as tokens count: never beyond what is held.
 *
 * @param offlineUntil so long a device that can reach nobody may go on relying on it; not before it expires, and empty
 *     for whom that is not meant
 */
public record PassLifetime(Instant issuedAt, Instant expiresAt, Optional<Instant> offlineUntil) {
    public static PassLifetime of(PassAudience audience, PassScope held, PassConfig config, Instant now) {
        return switch (audience) {
            case EDGE -> new PassLifetime(seconds(now), earlier(now, config.edge(), held.end()), Optional.empty());
            case APP -> {
                Instant expiresAt = earlier(now, config.app(), held.end());
                Instant offlineUntil =
                        earlier(now, config.offline(), held.paidOnly().end());
                yield new PassLifetime(
                        seconds(now),
                        expiresAt,
                        Optional.of(offlineUntil.isAfter(expiresAt) ? offlineUntil : expiresAt));
            }
        };
    }

    private static Instant earlier(Instant now, Duration longest, Instant end) {
        Instant usual = now.plus(longest);
        return seconds(end.isBefore(usual) ? end : usual);
    }

    private static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    /** How long what is owed may be trusted at the most: a device that can reach nobody is not told to take it back. */
    public Instant unpaidRightsUntil() {
        return offlineUntil.isPresent() ? expiresAt : Instant.MAX;
    }

    /** When nobody relies on it any more. */
    public Instant endOfUse() {
        return offlineUntil.orElse(expiresAt);
    }
}
