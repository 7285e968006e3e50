package dev.gatefold.access;

import dev.gatefold.catalog.Window.Period;
import java.time.Instant;
import java.util.Optional;

/** What the law says before anything is spent. */
sealed interface Ruling {
    /** The first instant at which time alone could change it; far away where it cannot. */
    Instant horizon();

    /** Granted or denied. */
    record Verdict(Reason reason, Instant horizon, Optional<Meter> meter) implements Ruling {
        static Verdict of(Reason reason, Instant horizon) {
            return new Verdict(reason, horizon, Optional.empty());
        }
    }

    /** Granted if the meter admits it. */
    record Ration(Period period, int allowance, Instant horizon) implements Ruling {
        Verdict settle(Tally tally) {
            Meter meter = Meter.of(this, tally.used());
            return new Verdict(
                    tally.admits(allowance) ? Reason.METERED : Reason.METER_EXHAUSTED,
                    period.resetsAt().isBefore(horizon) ? period.resetsAt() : horizon,
                    Optional.of(meter));
        }

        /** For when the meter cannot be asked. */
        Verdict unasked() {
            return Verdict.of(Reason.FALLBACK, horizon);
        }
    }
}
