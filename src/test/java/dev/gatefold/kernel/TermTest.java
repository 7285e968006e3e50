package dev.gatefold.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TermTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void termIncludesStartAndExcludesEnd() {
        Term day = Term.ofDays(NOON, 1);

        assertThat(day.contains(NOON.minusMillis(1))).isFalse();
        assertThat(day.contains(NOON)).isTrue();
        assertThat(day.contains(NOON.plus(Duration.ofDays(1)).minusMillis(1))).isTrue();
        assertThat(day.contains(NOON.plus(Duration.ofDays(1)))).isFalse();
        assertThat(day.endedBy(NOON.plus(Duration.ofDays(1)))).isTrue();
    }

    @Test
    void termWithoutEndIsUnbounded() {
        Term unbounded = new Term(NOON, Optional.empty());

        assertThat(unbounded.contains(Instant.parse("2999-01-01T00:00:00Z"))).isTrue();
        assertThat(unbounded.end()).isEqualTo(Instant.MAX);
    }

    @Test
    void termEndingBeforeStartIsRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Term(NOON, Optional.of(NOON)));
    }
}
