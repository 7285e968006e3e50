package dev.gatefold.passes.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each key is for, day by day. A key is written with the day from which it signs; keys sign for ninety days. */
class SigningKeyScheduleTest {
    private static final Instant FIRST_DAY = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # day | keys    | signs | published | spent | a successor signs from
            0     | ''      | ''    | ''        | ''    | ''
            0     | 0       | 0     | 0         | ''    | ''
            88    | 0       | 0     | 0         | ''    | ''
            # published a day before its time
            89    | 0       | 0     | 0         | ''    | 90
            # late: it signs when it has been published for a day, and until then the old one does
            200   | 0       | 0     | 0         | ''    | 201
            # one at a time
            89    | 0 90    | 0     | 0 90      | ''    | ''
            200   | 0 201   | 0     | 0 201     | ''    | ''
            90    | 0 90    | 90    | 0 90      | ''    | ''
            # kept until the last that it signed is relied on no more
            97    | 0 90    | 90    | 0 90      | ''    | ''
            98    | 0 90    | 90    | 90        | 0     | ''
            179   | 90      | 90    | 90        | ''    | 180
            # a clock that was put back finds no key that signs
            5     | 10      | ''    | 10        | ''    | ''
            """)
    void keySetSelectsKeysByDay(long day, String keys, String signs, String published, String spent, String successor) {
        SigningKeySchedule set = new SigningKeySchedule(Arrays.stream(keys.split(" "))
                .filter(it -> !it.isEmpty())
                .map(SigningKeyScheduleTest::key)
                .toList());

        assertThat(set.signing(at(day)).map(key -> key.kid).orElse("")).isEqualTo(signs);
        assertThat(names(set.published(at(day)))).isEqualTo(published);
        assertThat(names(set.expired(at(day)))).isEqualTo(spent);
        assertThat(set.successorSignsFrom(at(day), Duration.ofDays(90))
                        .map(it ->
                                String.valueOf(Duration.between(FIRST_DAY, it).toDays()))
                        .orElse(""))
                .isEqualTo(successor);
    }

    private static StoredSigningKey key(String day) {
        StoredSigningKey key = new StoredSigningKey();
        key.kid = day;
        key.signsFrom = at(Long.parseLong(day));
        return key;
    }

    private static Instant at(long day) {
        return FIRST_DAY.plus(Duration.ofDays(day));
    }

    private static String names(List<StoredSigningKey> keys) {
        return keys.stream().map(key -> key.kid).collect(Collectors.joining(" "));
    }
}
