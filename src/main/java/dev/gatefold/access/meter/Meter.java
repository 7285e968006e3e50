package dev.gatefold.access.meter;

import dev.gatefold.access.decide.Ruling;
import java.time.Instant;

/** Where the reader's meter of a source stands in this period. */
public record Meter(String period, int limit, int used, int remaining, Instant resetsAt) {
    public static Meter forRation(Ruling.Ration ration, int used) {
        return new Meter(
                ration.period().id(),
                ration.allowance(),
                used,
                Math.max(0, ration.allowance() - used),
                ration.period().resetsAt());
    }
}
