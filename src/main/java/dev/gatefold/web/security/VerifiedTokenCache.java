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
 * Verified tokens, so that a signature is checked once and not with every question: each until it expires, ten minutes
 * at most, or until its key is revoked. Remembered by a hash, so that no token lies about in memory.
 */
@Singleton
final class VerifiedTokenCache {
    /** What a token proved, and with which key. */
    record VerifiedToken(SecurityIdentity identity, String key, Duration lasts) {}

    private static final int MOST = 50_000;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** The machine's, by which tokens live; not the service's, which tests and developers move. */
    private final Clock clock = Clock.systemUTC();

    private final Cache<HashCode, VerifiedToken> tokens = Caffeine.newBuilder()
            .maximumSize(MOST)
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
            Duration lasts = left.compareTo(LONGEST) < 0 ? left : LONGEST;
            tokens.put(hash(token), new VerifiedToken(identity, key, lasts));
        }
    }

    /** Forgets what was signed with any other key than these. */
    void retainSignedWith(Set<String> keys) {
        tokens.asMap().values().removeIf(verified -> !keys.contains(verified.key));
    }

    private static HashCode hash(String token) {
        return Hashing.sha256().hashString(token, StandardCharsets.US_ASCII);
    }
}
