package dev.gatefold.web.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatefold.web.limits.RateLimitKey.CallerKind;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * What each caller has left, in this replica's memory. A budget fills up evenly, and is whole again after a minute of
 * rest; so that one that has rested for so long can be forgotten without anybody noticing.
 */
@Singleton
final class RateBudgets {
    private static final int MOST = 100_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Map<CallerKind, RatePolicy> policies = new EnumMap<>(CallerKind.class);
    private final TimeMeter time;
    private final Cache<RateLimitKey, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(WINDOW).build();

    /** Time as the machine measures it: the service's clock is moved by tests and developers, and back. */
    @Inject
    RateBudgets(RateLimitConfig config) {
        this(config, TimeMeter.SYSTEM_NANOTIME);
    }

    RateBudgets(RateLimitConfig config, TimeMeter time) {
        for (CallerKind kind : CallerKind.values()) {
            policies.put(kind, RatePolicy.of(kind, config));
        }
        this.time = time;
    }

    /** Takes one request from the holder's budget, if it has one left. */
    RateLimitResult consume(RateLimitKey holder) {
        RatePolicy policy = policies.get(holder.kind());
        Bucket bucket = buckets.get(holder, _ -> policy.bucket(time));
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return new RateLimitResult(
                policy, probe.isConsumed(), probe.getRemainingTokens(), probe.getNanosToWaitForRefill());
    }

    /** How much a kind of caller may do; {@code field} says it as RateLimiter-Policy does. */
    record RatePolicy(CallerKind callerKind, int quota, String name, String headerValue) {
        static RatePolicy of(CallerKind kind, RateLimitConfig config) {
            int quota = switch (kind) {
                case READER -> config.reader();
                case VISITOR -> config.visitor();
                case SERVICE -> config.service();
                case STAFF -> config.staff();
            };
            String name = '"' + kind.name().toLowerCase(java.util.Locale.ROOT) + '"';
            return new RatePolicy(kind, quota, name, name + ";q=" + quota + ";w=" + WINDOW.toSeconds());
        }

        private Bucket bucket(TimeMeter time) {
            return Bucket.builder()
                    .withCustomTimePrecision(time)
                    .addLimit(limit -> limit.capacity(quota).refillGreedy(quota, WINDOW))
                    .build();
        }
    }

    /**
     * What came of a request.
     *
     * @param isAllowed whether there was one left
     * @param remaining how many are left after it
     * @param nanosUntilRefill until there is one again, where there was none
     */
    record RateLimitResult(RatePolicy policy, boolean isAllowed, long remaining, long nanosUntilRefill) {
        /**
         * In how many seconds what is left would be used up at the pace at which it fills: who keeps to it never meets the
         * end. Where nothing is left, in how many there will be.
         */
        long resetSeconds() {
            return isAllowed && remaining > 0
                    ? Math.ceilDiv(remaining * WINDOW.toSeconds(), policy.quota)
                    : Math.max(
                            1,
                            Math.ceilDiv(nanosUntilRefill, Duration.ofSeconds(1).toNanos()));
        }

        /** As RateLimiter says it. */
        String headerValue() {
            return policy.name + ";r=" + remaining + ";t=" + resetSeconds();
        }
    }
}
