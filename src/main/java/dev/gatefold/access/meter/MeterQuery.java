package dev.gatefold.access.meter;

/**
 * Identifies one article and the meter that counts it.
 *
 * @param source slug of the source
 * @param period id of the calendar period, for example {@code 2026-11}
 * @param article key of the article within the source
 */
public record MeterQuery(String source, String period, String article) {}
