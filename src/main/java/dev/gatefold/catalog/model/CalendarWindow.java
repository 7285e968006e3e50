package dev.gatefold.catalog.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** A stretch of the calendar, in a source's time zone, after which its meter starts again. */
public enum CalendarWindow {
    DAY("uuuu-MM-dd") {
        @Override
        LocalDate first(LocalDate day) {
            return day;
        }

        @Override
        LocalDate next(LocalDate first) {
            return first.plusDays(1);
        }
    },
    /** From Monday, numbered as ISO 8601 does. */
    WEEK("YYYY-'W'ww") {
        @Override
        LocalDate first(LocalDate day) {
            return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        }

        @Override
        LocalDate next(LocalDate first) {
            return first.plusWeeks(1);
        }
    },
    MONTH("uuuu-MM") {
        @Override
        LocalDate first(LocalDate day) {
            return day.withDayOfMonth(1);
        }

        @Override
        LocalDate next(LocalDate first) {
            return first.plusMonths(1);
        }
    };

    private final DateTimeFormatter id;

    CalendarWindow(String pattern) {
        // a locale whose weeks are those of ISO 8601
        this.id = DateTimeFormatter.ofPattern(pattern, Locale.forLanguageTag("en-GB"));
    }

    /** One such stretch: its name, such as {@code 2026-11}, when it begins, and when the next one does. */
    public record CalendarPeriod(String id, Instant beginsAt, Instant resetsAt) {}

    public CalendarPeriod periodAt(Instant at, ZoneId zone) {
        LocalDate first = first(LocalDate.ofInstant(at, zone));
        return new CalendarPeriod(
                id.format(first),
                first.atStartOfDay(zone).toInstant(),
                next(first).atStartOfDay(zone).toInstant());
    }

    abstract LocalDate first(LocalDate day);

    abstract LocalDate next(LocalDate first);
}
