package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Billing periods by the calendar (UTC), counted from the anchor: a subscription that began on the 31st renews on the last day
 * of shorter months, and on the 31st again after them.
 */
public final class SandboxBillingPeriods {
    private SandboxBillingPeriods() {}

    /**
     * Returns the end of the period that begins at {@code start}. All times are epoch seconds.
     *
     * @param recurring {@code interval} and {@code interval_count} of a price
     */
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

    /**
     * Validates the interval of a price.
     *
     * @throws SandboxApiError with status 400 if it is invalid
     */
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
