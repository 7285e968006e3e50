package dev.gatefold.web.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.web.limits.RateBudgets.RateLimitResult;
import dev.gatefold.web.limits.RateLimitKey.CallerKind;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rate budgets over time. */
class RateBudgetsTest {
    private static final RateLimitKey ANN = new RateLimitKey(CallerKind.READER, "https://id.example.com", "ann");
    private static final RateLimitKey BEN = new RateLimitKey(CallerKind.READER, "https://id.example.com", "ben");

    private record FixedRateLimits(int reader, int visitor, int service, int staff) implements RateLimitConfig {}

    /** A time source that tests move. */
    private static final class ManualTimeMeter implements TimeMeter {
        private long nanos;

        void advance(Duration duration) {
            nanos += duration.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    private ManualTimeMeter time;
    private RateBudgets budgets;

    @BeforeEach
    void createBudgets() {
        time = new ManualTimeMeter();
        budgets = new RateBudgets(new FixedRateLimits(1200, 3000, 60_000, 7), time);
    }

    private RateLimitResult spend(RateLimitKey holder, int requests) {
        return IntStream.range(0, requests)
                .mapToObj(_ -> budgets.consume(holder))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            READER,  "reader";q=1200;w=60,   "reader";r=1199;t=60
            VISITOR, "visitor";q=3000;w=60,  "visitor";r=2999;t=60
            SERVICE, "service";q=60000;w=60, "service";r=59999;t=60
            STAFF,   "staff";q=7;w=60,       "staff";r=6;t=52
            """)
    void everyCallerKindHasItsOwnBudget(CallerKind kind, String policy, String left) {
        RateLimitResult first = budgets.consume(new RateLimitKey(kind, "", "caller"));

        assertThat(first.isAllowed()).isTrue();
        assertThat(first.policy().headerValue()).isEqualTo(policy);
        assertThat(first.headerValue()).isEqualTo(left);
    }

    @Test
    void remainingBudgetIsReportedWithRefillRate() {
        assertThat(spend(ANN, 600).headerValue()).isEqualTo("\"reader\";r=600;t=30");
        assertThat(spend(ANN, 590).headerValue()).isEqualTo("\"reader\";r=10;t=1");
        assertThat(spend(ANN, 10).headerValue()).isEqualTo("\"reader\";r=0;t=1");
    }

    @Test
    void budgetIsExhaustedAndRefillsEvenly() {
        spend(ANN, 1200);

        assertThat(budgets.consume(ANN).isAllowed()).isFalse();
        time.advance(Duration.ofMillis(49));
        assertThat(budgets.consume(ANN).isAllowed()).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(budgets.consume(ANN).isAllowed()).isTrue();
        assertThat(budgets.consume(ANN).isAllowed()).isFalse();
        time.advance(Duration.ofMinutes(1));
        assertThat(budgets.consume(ANN).remaining()).isEqualTo(1199);
    }

    @Test
    void budgetNeverExceedsOneMinute() {
        spend(ANN, 1200);

        time.advance(Duration.ofDays(1));

        assertThat(budgets.consume(ANN).remaining()).isEqualTo(1199);
    }

    @Test
    void retryAfterIsRoundedUpToWholeSeconds() {
        RateLimitKey ida = new RateLimitKey(CallerKind.STAFF, "https://id.example.com", "ida");
        spend(ida, 7);

        assertThat(budgets.consume(ida).resetSeconds()).isEqualTo(9);
        time.advance(Duration.ofMillis(8_500));
        assertThat(budgets.consume(ida).resetSeconds()).isEqualTo(1);
    }

    @Test
    void budgetsAreSeparatePerCaller() {
        spend(ANN, 1201);

        assertThat(budgets.consume(BEN).remaining()).isEqualTo(1199);
        assertThat(budgets.consume(new RateLimitKey(CallerKind.READER, "https://other.example.com", "ann"))
                        .remaining())
                .isEqualTo(1199);
    }
}
