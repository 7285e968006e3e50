package dev.gatefold.web.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Cache of verified tokens, so that a signature is verified once and not for each request. An entry expires with its token,
 * after ten minutes at the latest, or when the issuer revokes the key. Keys are hashes, so that memory contains no tokens.
 */
@Singleton
final class VerifiedTokenCache {
    /**
     * A verified token.
     *
     * @param key id of the signing key
     * @param lasts how long the entry is valid
     */
    record VerifiedToken(SecurityIdentity identity, String key, Duration lasts) {}

    private static final int MAX_TOKENS = 50_000;
    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    /** The clock of the machine, because tests and developers move the clock of the service. */
    private final Clock clock = Clock.systemUTC();

    private final Cache<HashCode, VerifiedToken> tokens = Caffeine.newBuilder()
            .maximumSize(MAX_TOKENS)
            .expireAfter(Expiry.<HashCode, VerifiedToken>creating((_, verified) -> verified.lasts))
            .recordStats()
            .build();

    VerifiedTokenCache(MeterRegistry metrics) {
        CaffeineCacheMetrics.monitor(metrics, tokens, "gatefold.verified.tokens");
    }

    Optional<SecurityIdentity> find(String token) {
        return Optional.ofNullable(tokens.getIfPresent(hash(token))).map(VerifiedToken::identity);
    }

    void put(String token, SecurityIdentity identity, String key, long expiresAt) {
        Duration left = Duration.ofSeconds(expiresAt - clock.instant().getEpochSecond());
        if (left.isPositive()) {
            Duration lasts = left.compareTo(MAX_AGE) < 0 ? left : MAX_AGE;
            tokens.put(hash(token), new VerifiedToken(identity, key, lasts));
        }
    }

    /** Removes tokens that were signed with a key other than these. */
    void retainSignedWith(Set<String> keys) {
        tokens.asMap().values().removeIf(verified -> !keys.contains(verified.key));
    }

    private static HashCode hash(String token) {
        return Hashing.sha256().hashString(token, StandardCharsets.US_ASCII);
    }
}
