package dev.gatefold.access.decide;

import dev.gatefold.access.meter.Meter;
import dev.gatefold.access.meter.MeterTally;
import dev.gatefold.catalog.model.CalendarWindow.CalendarPeriod;
import java.time.Instant;
import java.util.Optional;

/** What the law says before anything is spent. */
public sealed interface Ruling {
    /** The first instant at which time alone could change it; far away where it cannot. */
    Instant nextChange();

    /** Granted or denied. */
    record Verdict(Reason reason, Instant nextChange, Optional<Meter> meter) implements Ruling {
        public static Verdict of(Reason reason, Instant horizon) {
            return new Verdict(reason, horizon, Optional.empty());
        }
    }

    /** Granted if the meter admits it. */
    record Ration(CalendarPeriod period, int allowance, Instant nextChange) implements Ruling {
        public Verdict resolve(MeterTally tally) {
            Meter meter = Meter.forRation(this, tally.used());
            return new Verdict(
                    tally.admits(allowance) ? Reason.METERED : Reason.METER_EXHAUSTED,
                    period.resetsAt().isBefore(nextChange) ? period.resetsAt() : nextChange,
                    Optional.of(meter));
        }

        /** For when the meter cannot be asked. */
        Verdict fallback() {
            return Verdict.of(Reason.FALLBACK, nextChange);
        }
    }
}
