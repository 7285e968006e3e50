package dev.gatefold.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatefold.web.Holder.Kind;
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
final class Budgets {
    private static final int MOST = 100_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Map<Kind, Policy> policies = new EnumMap<>(Kind.class);
    private final TimeMeter time;
    private final Cache<Holder, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(WINDOW).build();

    /** Time as the machine measures it: the service's clock is moved by tests and developers, and back. */
    @Inject
    Budgets(LimitsConfig config) {
        this(config, TimeMeter.SYSTEM_NANOTIME);
    }

    Budgets(LimitsConfig config, TimeMeter time) {
        for (Kind kind : Kind.values()) {
            policies.put(kind, Policy.of(kind, config));
        }
        this.time = time;
    }

    /** Takes one request from the holder's budget, if it has one left. */
    Spent spend(Holder holder) {
        Policy policy = policies.get(holder.kind());
        Bucket bucket = buckets.get(holder, _ -> policy.bucket(time));
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return new Spent(policy, probe.isConsumed(), probe.getRemainingTokens(), probe.getNanosToWaitForRefill());
    }

    /** How much a kind of caller may do; {@code field} says it as RateLimit-Policy does. */
    record Policy(Kind kind, int quota, String name, String field) {
        static Policy of(Kind kind, LimitsConfig config) {
            int quota = switch (kind) {
                case READER -> config.reader();
                case VISITOR -> config.visitor();
                case SERVICE -> config.service();
                case STAFF -> config.staff();
            };
            String name = '"' + kind.name().toLowerCase(java.util.Locale.ROOT) + '"';
            return new Policy(kind, quota, name, name + ";q=" + quota + ";w=" + WINDOW.toSeconds());
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
     * @param isWithin whether there was one left
     * @param left how many are left after it
     * @param nanosToWait until there is one again, where there was none
     */
    record Spent(Policy policy, boolean isWithin, long left, long nanosToWait) {
        /**
         * In how many seconds what is left would be used up at the pace at which it fills: who keeps to it never meets the
         * end. Where nothing is left, in how many there will be.
         */
        long seconds() {
            return isWithin && left > 0
                    ? Math.ceilDiv(left * WINDOW.toSeconds(), policy.quota)
                    : Math.max(
                            1, Math.ceilDiv(nanosToWait, Duration.ofSeconds(1).toNanos()));
        }

        /** As RateLimit says it. */
        String field() {
            return policy.name + ";r=" + left + ";t=" + seconds();
        }
    }
}
