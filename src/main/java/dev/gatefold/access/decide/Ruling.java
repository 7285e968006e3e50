package dev.gatefold.access.decide;

import dev.gatefold.access.DenyReason;
import dev.gatefold.access.GrantReason;
import dev.gatefold.access.Reason;
import dev.gatefold.access.meter.Meter;
import dev.gatefold.access.meter.MeterTally;
import dev.gatefold.catalog.model.CalendarWindow.CalendarPeriod;
import dev.gatefold.catalog.rules.Rule;
import java.time.Instant;
import java.time.ZoneOffset;

/** Result of {@link Paywall}: a verdict, or a grant that depends on a meter. Contains the rule that decided. */
public sealed interface Ruling {
    /** Returns the rule in force for the article; null only if the URL belongs to no source. */
    Rule rule();

    /** Returns the first instant at which time alone can change the ruling; {@link Instant#MAX} if none. */
    Instant nextChange();

    /** Final ruling. {@code meter} is null if no meter was read. */
    sealed interface Verdict extends Ruling {
        Reason reason();

        Meter meter();
    }

    /** Access granted. */
    record Grant(Rule rule, GrantReason reason, Instant nextChange, Meter meter) implements Verdict {}

    /** Access denied. */
    record Denial(Rule rule, DenyReason reason, Instant nextChange, Meter meter) implements Verdict {}

    /** Access granted if the meter admits the article. */
    record Ration(Rule rule, CalendarPeriod period, int allowance, Instant nextChange) implements Ruling {
        /** Decides by the state of the meter. */
        public Verdict resolve(MeterTally tally) {
            Meter meter = new Meter(
                    period.id(),
                    allowance,
                    tally.used(),
                    Math.max(0, allowance - tally.used()),
                    period.resetsAt(),
                    // browsers do not know the name "Z"
                    period.zone().equals(ZoneOffset.UTC) ? "UTC" : period.zone().getId());
            Instant change = period.resetsAt().isBefore(nextChange) ? period.resetsAt() : nextChange;
            return tally.admits(allowance)
                    ? new Grant(rule, GrantReason.METERED, change, meter)
                    : new Denial(rule, DenyReason.METER_EXHAUSTED, change, meter);
        }

        /** Grants access while the meter cannot be read. */
        Grant fallback() {
            return new Grant(rule, GrantReason.FALLBACK, nextChange, null);
        }
    }
}
