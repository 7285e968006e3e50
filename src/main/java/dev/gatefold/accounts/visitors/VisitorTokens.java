package dev.gatefold.accounts.visitors;

import dev.gatefold.accounts.visitors.VisitorTokenCodec.DecodedVisitorToken;
import dev.gatefold.kernel.Problem;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Issues and verifies visitor tokens. Tokens are signed and not stored; they are valid for 13 months. */
@Singleton
public final class VisitorTokens {
    /**
     * A new token.
     *
     * @param token value for the header {@code X-Visitor}
     * @param expiresAt end of its validity, exclusive
     */
    @Schema(
            name = "VisitorToken",
            requiredProperties = {"token", "expiresAt"})
    public record VisitorToken(String token, Instant expiresAt) {}

    private static final Duration LIFETIME = Duration.ofDays(393);

    /** How far the clock of the replica that issued a token may be ahead. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(60);

    private final VisitorTokenCodec codec;
    private final VisitorQuota quota;

    VisitorTokens(VisitorTokenCodec codec, VisitorQuota quota) {
        this.codec = codec;
        this.quota = quota;
    }

    /**
     * Issues a token for a new visitor; queries the database.
     *
     * @param address IP address of the visitor; null or another text if it is unknown
     */
    public VisitorToken issue(String address, Instant now) {
        Visitor visitor = new Visitor(UUID.randomUUID(), quota.tryAcquire(address, now));
        Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
        return new VisitorToken(codec.encode(visitor, issuedAt), issuedAt.plus(LIFETIME));
    }

    /**
     * Returns the visitor of a token; empty if the token is invalid or expired.
     *
     * @param token may be null
     */
    public Optional<Visitor> find(String token, Instant now) {
        return Optional.ofNullable(token)
                .flatMap(codec::decode)
                .filter(it -> isValidAt(it, now))
                .map(DecodedVisitorToken::visitor);
    }

    private static boolean isValidAt(DecodedVisitorToken token, Instant now) {
        return !token.issuedAt().isAfter(now.plus(MAX_CLOCK_SKEW))
                && now.isBefore(token.issuedAt().plus(LIFETIME));
    }

    /**
     * Returns the visitor of a token; empty if there is no token.
     *
     * @param token may be null
     * @throws Problem {@code visitor-token-invalid} if the token is invalid or expired
     */
    public Optional<Visitor> require(String token, Instant now) {
        if (token == null) {
            return Optional.empty();
        }
        return Optional.of(find(token, now)
                .orElseThrow(() -> Problem.badRequest(
                        "visitor-token-invalid",
                        "Invalid visitor token",
                        "The token in X-Visitor is invalid or expired; request a new one with POST /v1/visitors")));
    }
}
