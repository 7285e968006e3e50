package dev.gatefold.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.web.Budgets.Spent;
import dev.gatefold.web.Holder.Kind;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of a budget, as time goes by. */
class BudgetsTest {
    private static final Holder ANN = new Holder(Kind.READER, "https://id.example.com", "ann");
    private static final Holder BEN = new Holder(Kind.READER, "https://id.example.com", "ben");

    private record PerMinute(int reader, int visitor, int service, int staff) implements LimitsConfig {}

    /** Stands still until it is moved. */
    private static final class Stopwatch implements TimeMeter {
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

    private Stopwatch time;
    private Budgets budgets;

    @BeforeEach
    void fill() {
        time = new Stopwatch();
        budgets = new Budgets(new PerMinute(1200, 3000, 60_000, 7), time);
    }

    private Spent spend(Holder holder, int requests) {
        return IntStream.range(0, requests)
                .mapToObj(_ -> budgets.spend(holder))
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
    void eachKindOfCallerHasItsOwn(Kind kind, String policy, String left) {
        Spent first = budgets.spend(new Holder(kind, "", "somebody"));

        assertThat(first.isWithin()).isTrue();
        assertThat(first.policy().field()).isEqualTo(policy);
        assertThat(first.field()).isEqualTo(left);
    }

    @Test
    void whatIsLeftIsToldWithThePaceThatNeverMeetsTheEnd() {
        assertThat(spend(ANN, 600).field()).isEqualTo("\"reader\";r=600;t=30");
        assertThat(spend(ANN, 590).field()).isEqualTo("\"reader\";r=10;t=1");
        assertThat(spend(ANN, 10).field()).isEqualTo("\"reader\";r=0;t=1");
    }

    @Test
    void itEndsAndFillsUpEvenly() {
        spend(ANN, 1200);

        assertThat(budgets.spend(ANN).isWithin()).isFalse();
        time.advance(Duration.ofMillis(49));
        assertThat(budgets.spend(ANN).isWithin()).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(budgets.spend(ANN).isWithin()).isTrue();
        assertThat(budgets.spend(ANN).isWithin()).isFalse();
        time.advance(Duration.ofMinutes(1));
        assertThat(budgets.spend(ANN).left()).isEqualTo(1199);
    }

    @Test
    void itNeverHoldsMoreThanAMinutesWorth() {
        spend(ANN, 1200);

        time.advance(Duration.ofDays(1));

        assertThat(budgets.spend(ANN).left()).isEqualTo(1199);
    }

    @Test
    void whoIsToWaitIsToldSoInWholeSecondsRoundedUp() {
        Holder ida = new Holder(Kind.STAFF, "https://id.example.com", "ida");
        spend(ida, 7);

        assertThat(budgets.spend(ida).seconds()).isEqualTo(9);
        time.advance(Duration.ofMillis(8_500));
        assertThat(budgets.spend(ida).seconds()).isEqualTo(1);
    }

    @Test
    void nobodySpendsAnothers() {
        spend(ANN, 1201);

        assertThat(budgets.spend(BEN).left()).isEqualTo(1199);
        assertThat(budgets.spend(new Holder(Kind.READER, "https://other.example.com", "ann"))
                        .left())
                .isEqualTo(1199);
    }
}
