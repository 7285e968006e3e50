package dev.gatefold.passes.claims;

import dev.gatefold.passes.PassConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When a pass is issued and when it expires, in whole seconds. A pass never outlives the rights that it lists.
 *
 * @param issuedAt the claim {@code iat}
 * @param expiresAt the claim {@code exp}
 * @param offlineUntil the claim {@code offline}: until when an app without a network connection may rely on the pass; not
 *     before {@code expiresAt}, and empty for other audiences
 */
public record PassLifetime(Instant issuedAt, Instant expiresAt, Optional<Instant> offlineUntil) {
    /**
     * Returns the lifetime of a pass for these rights.
     *
     * @param scope the rights that the account has now, at least one
     */
    public static PassLifetime of(PassAudience audience, PassScope scope, PassConfig config, Instant now) {
        return switch (audience) {
            case EDGE -> {
                Instant expiresAt = expiry(now, config.edgeLifetime(), scope.end());
                yield new PassLifetime(toSeconds(now), expiresAt, Optional.empty());
            }
            case APP -> {
                Instant expiresAt = expiry(now, config.appLifetime(), scope.end());
                Instant offlineUntil =
                        expiry(now, config.offlinePeriod(), scope.paidOnly().end());
                yield new PassLifetime(
                        toSeconds(now),
                        expiresAt,
                        Optional.of(offlineUntil.isAfter(expiresAt) ? offlineUntil : expiresAt));
            }
        };
    }

    private static Instant expiry(Instant now, Duration maxLifetime, Instant end) {
        Instant latest = now.plus(maxLifetime);
        return toSeconds(end.isBefore(latest) ? end : latest);
    }

    private static Instant toSeconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Returns the latest end of rights that are not paid for, {@link Instant#MAX} for no limit. A pass that can be used
     * offline lists them until it expires: an offline device does not notice that a payment has failed.
     */
    public Instant unpaidRightsUntil() {
        return offlineUntil.isPresent() ? expiresAt : Instant.MAX;
    }

    /** Returns the instant from which no verifier accepts the pass. */
    public Instant endOfUse() {
        return offlineUntil.orElse(expiresAt);
    }
}
