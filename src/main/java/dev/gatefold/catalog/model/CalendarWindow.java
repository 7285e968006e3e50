package dev.gatefold.catalog.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** The length of the calendar periods, in the time zone of a source, after which its meter starts again. */
public enum CalendarWindow {
    /** A day, identified as {@code 2026-11-23}. */
    DAY("uuuu-MM-dd") {
        @Override
        LocalDate firstDayOfPeriod(LocalDate day) {
            return day;
        }

        @Override
        LocalDate firstDayOfNextPeriod(LocalDate first) {
            return first.plusDays(1);
        }
    },
    /** An ISO 8601 week from Monday, identified as {@code 2026-W48}. */
    WEEK("YYYY-'W'ww") {
        @Override
        LocalDate firstDayOfPeriod(LocalDate day) {
            return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        }

        @Override
        LocalDate firstDayOfNextPeriod(LocalDate first) {
            return first.plusWeeks(1);
        }
    },
    /** A month, identified as {@code 2026-11}. */
    MONTH("uuuu-MM") {
        @Override
        LocalDate firstDayOfPeriod(LocalDate day) {
            return day.withDayOfMonth(1);
        }

        @Override
        LocalDate firstDayOfNextPeriod(LocalDate first) {
            return first.plusMonths(1);
        }
    };

    private final DateTimeFormatter idFormat;

    CalendarWindow(String pattern) {
        // the weeks of this locale are ISO 8601 weeks
        this.idFormat = DateTimeFormatter.ofPattern(pattern, Locale.forLanguageTag("en-GB"));
    }

    /**
     * One period of a window: {@code [beginsAt, resetsAt)}.
     *
     * @param id for example {@code 2026-11}; stored with the meter
     */
    public record CalendarPeriod(String id, Instant beginsAt, Instant resetsAt, ZoneId zone) {}

    /** Returns the period that contains the instant in a time zone. */
    public CalendarPeriod periodAt(Instant at, ZoneId zone) {
        LocalDate first = firstDayOfPeriod(LocalDate.ofInstant(at, zone));
        return new CalendarPeriod(
                idFormat.format(first),
                first.atStartOfDay(zone).toInstant(),
                firstDayOfNextPeriod(first).atStartOfDay(zone).toInstant(),
                zone);
    }

    abstract LocalDate firstDayOfPeriod(LocalDate day);

    abstract LocalDate firstDayOfNextPeriod(LocalDate first);
}
