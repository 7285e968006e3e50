package dev.gatefold.access.meter;

import java.time.Instant;

/**
 * State of a reader's meter of one source in the current period.
 *
 * @param limit number of distinct articles that the meter admits in a period
 * @param used number of distinct articles opened in the period
 * @param remaining number of further articles; never negative
 * @param resetsAt end of the period
 * @param timeZone IANA time zone of the source, in which the period is a calendar day, week or month
 */
public record Meter(String period, int limit, int used, int remaining, Instant resetsAt, String timeZone) {}
