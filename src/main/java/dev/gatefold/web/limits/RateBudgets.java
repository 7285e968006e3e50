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
 * Rate budgets of all callers in the memory of this replica. A budget refills evenly and is full after one minute without
 * requests, after which its entry expires without effect.
 */
@Singleton
final class RateBudgets {
    private static final int MAX_BUDGETS = 100_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Map<CallerKind, RatePolicy> policies = new EnumMap<>(CallerKind.class);
    private final TimeMeter time;
    private final Cache<RateLimitKey, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MAX_BUDGETS)
            .expireAfterAccess(WINDOW)
            .build();

    /** Uses the time of the machine, because tests and developers move the clock of the service. */
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

    /** Takes one request from the budget of a caller, if any is left. */
    RateLimitResult consume(RateLimitKey key) {
        RatePolicy policy = policies.get(key.kind());
        Bucket bucket = buckets.get(key, _ -> policy.bucket(time));
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return new RateLimitResult(
                policy, probe.isConsumed(), probe.getRemainingTokens(), probe.getNanosToWaitForRefill());
    }

    /**
     * The rate limit of a kind of caller.
     *
     * @param quota requests per minute
     * @param name name in quotes, as in the headers
     * @param headerValue value of the {@code RateLimit-Policy} header
     */
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
     * The budget of a caller after a request.
     *
     * @param isAllowed whether the request is within budget
     * @param remaining number of further requests within budget
     * @param nanosUntilRefill nanoseconds until the next request is within budget; zero if this one is
     */
    record RateLimitResult(RatePolicy policy, boolean isAllowed, long remaining, long nanosUntilRefill) {
        /**
         * Returns the seconds over which a caller should spread the remaining requests so as never to exceed the budget;
         * if none remain, the seconds until the next one is allowed.
         */
        long resetSeconds() {
            return isAllowed && remaining > 0
                    ? Math.ceilDiv(remaining * WINDOW.toSeconds(), policy.quota)
                    : Math.max(
                            1,
                            Math.ceilDiv(nanosUntilRefill, Duration.ofSeconds(1).toNanos()));
        }

        /** Returns the value of the {@code RateLimit} header. */
        String headerValue() {
            return policy.name + ";r=" + remaining + ";t=" + resetSeconds();
        }
    }
}
