package dev.gatefold.passes.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The role of each key, day by day. A key is named after the day from which it signs; keys sign for 90 days. */
class SigningKeyScheduleTest {
    private static final Instant FIRST_DAY = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # day | keys    | signs | published | expired | successor signs from
            0     | ''      | ''    | ''        | ''    | ''
            0     | 0       | 0     | 0         | ''    | ''
            88    | 0       | 0     | 0         | ''    | ''
            # the successor is published one day before it signs
            89    | 0       | 0     | 0         | ''    | 90
            # a late successor still signs one day after it is published; until then the old key signs
            200   | 0       | 0     | 0         | ''    | 201
            # only one successor is announced at a time
            89    | 0 90    | 0     | 0 90      | ''    | ''
            200   | 0 201   | 0     | 0 201     | ''    | ''
            90    | 0 90    | 90    | 0 90      | ''    | ''
            # a key is published until all passes that it signed have expired
            97    | 0 90    | 90    | 0 90      | ''    | ''
            98    | 0 90    | 90    | 90        | 0     | ''
            179   | 90      | 90    | 90        | ''    | 180
            # with a clock that was set back no key may sign yet
            5     | 10      | ''    | 10        | ''    | ''
            """)
    void scheduleSelectsKeysByDay(
            long day, String keys, String signs, String published, String expired, String successor) {
        SigningKeySchedule schedule = new SigningKeySchedule(Arrays.stream(keys.split(" "))
                .filter(it -> !it.isEmpty())
                .map(SigningKeyScheduleTest::key)
                .toList());

        assertThat(schedule.signing(at(day)).map(key -> key.kid).orElse("")).isEqualTo(signs);
        assertThat(keyIds(schedule.published(at(day)))).isEqualTo(published);
        assertThat(keyIds(schedule.expired(at(day)))).isEqualTo(expired);
        assertThat(schedule.successorSignsFrom(at(day), Duration.ofDays(90))
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

    private static String keyIds(List<StoredSigningKey> keys) {
        return keys.stream().map(key -> key.kid).collect(Collectors.joining(" "));
    }
}
