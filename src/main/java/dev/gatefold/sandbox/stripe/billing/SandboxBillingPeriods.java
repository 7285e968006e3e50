package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** Counts periods by the calendar from the anchor, so that the 31st comes back after February. */
public final class SandboxBillingPeriods {
    private SandboxBillingPeriods() {}

    /** The end of the period that begins at {@code start}, in epoch seconds like everything of Stripe's. */
    public static long end(long anchor, long start, JsonNode recurring) {
        ZonedDateTime first = at(anchor);
        ChronoUnit unit = unit(recurring);
        int count = recurring.path("interval_count").asInt(1);
        long passed = Math.max(0, unit.between(first, at(start)) / count);
        ZonedDateTime end = first.plus(passed * count, unit);
        while (end.toEpochSecond() <= start) {
            passed++;
            end = first.plus(passed * count, unit);
        }
        return end.toEpochSecond();
    }

    /** Whether one can count by it at all. */
    public static void validate(JsonNode recurring) {
        if (recurring.path("interval_count").asInt(1) < 1) {
            throw SandboxApiError.invalidParam(
                    "recurring[interval_count]", "This value must be greater than or equal to 1.");
        }
        end(0, 0, recurring);
    }

    private static ZonedDateTime at(long seconds) {
        return Instant.ofEpochSecond(seconds).atZone(ZoneOffset.UTC);
    }

    private static ChronoUnit unit(JsonNode recurring) {
        String interval = recurring.path("interval").asText();
        return switch (interval) {
            case "day" -> ChronoUnit.DAYS;
            case "week" -> ChronoUnit.WEEKS;
            case "month" -> ChronoUnit.MONTHS;
            case "year" -> ChronoUnit.YEARS;
            default -> throw SandboxApiError.invalidParam("recurring[interval]", "Invalid interval: " + interval);
        };
    }
}
