package dev.gatefold.catalog.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarWindowTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    window | zone                | at                       | period     | begins at            | resets at
                    DAY    | UTC                 | 2026-11-23T23:59:59.999Z | 2026-11-23 | 2026-11-23T00:00:00Z | 2026-11-24T00:00:00Z
                    DAY    | Asia/Tokyo          | 2026-11-23T15:00:00Z     | 2026-11-24 | 2026-11-23T15:00:00Z | 2026-11-24T15:00:00Z
                    WEEK   | Europe/Vienna       | 2026-11-22T22:59:59Z     | 2026-W47   | 2026-11-15T23:00:00Z | 2026-11-22T23:00:00Z
                    WEEK   | Europe/Vienna       | 2026-11-22T23:00:00Z     | 2026-W48   | 2026-11-22T23:00:00Z | 2026-11-29T23:00:00Z
                    WEEK   | UTC                 | 2027-01-01T00:00:00Z     | 2026-W53   | 2026-12-28T00:00:00Z | 2027-01-04T00:00:00Z
                    MONTH  | UTC                 | 2026-11-30T23:59:59.999Z | 2026-11    | 2026-11-01T00:00:00Z | 2026-12-01T00:00:00Z
                    MONTH  | America/Los_Angeles | 2026-12-01T07:59:59Z     | 2026-11    | 2026-11-01T07:00:00Z | 2026-12-01T08:00:00Z
                    # the clocks go back in Vienna within the month: it has an hour more
                    MONTH  | Europe/Vienna       | 2026-10-25T12:00:00Z     | 2026-10    | 2026-09-30T22:00:00Z | 2026-10-31T23:00:00Z
                    # no midnight in Santiago on the day on which its clocks go forward
                    DAY    | America/Santiago    | 2026-09-05T12:00:00Z     | 2026-09-05 | 2026-09-05T04:00:00Z | 2026-09-06T04:00:00Z
                    """)
    void periodFollowsTimeZoneOfSource(
            CalendarWindow window, ZoneId zone, Instant at, String period, Instant beginsAt, Instant resetsAt) {
        assertThat(window.periodAt(at, zone))
                .isEqualTo(new CalendarWindow.CalendarPeriod(period, beginsAt, resetsAt, zone));
    }
}
