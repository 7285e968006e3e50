package dev.gatefold.catalog.rules;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.catalog.model.CalendarWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A gate with its parameters and further conditions of the publisher. Null means that a condition does not apply.
 *
 * @param gate the access mode
 * @param allowance METERED only: number of distinct articles in each window, 1 to {@link #MAX_ALLOWANCE}
 * @param window METERED only: calendar period after which the meter starts again
 * @param embargoHours hours after publication in which only members have access, whatever the gate; up to 366 days
 * @param archiveDays age in days of 24 hours from which only members have access, whatever the gate; up to 36,600
 * @param territories countries in which the source may be read; null for all
 * @param inTrials false if a free trial does not give access; never true
 * @param meterAllowed METERED only: false if the meter does not give access, for a section or a term whose source keeps
 *     its allowance; never true
 * @param leadIn number of characters of the text that a denied reader may see, 0 to 10,000
 * @param crawlers true if verified crawlers of search engines have access; never false
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Policy(
        Gate gate,
        Integer allowance,
        CalendarWindow window,
        Integer embargoHours,
        Integer archiveDays,
        Territories territories,
        Boolean inTrials,
        Boolean meterAllowed,
        Integer leadIn,
        Boolean crawlers) {
    /** Largest allowance: a meter stores the articles of a period in one row, which must remain small. */
    public static final int MAX_ALLOWANCE = 1000;

    private static final int MAX_EMBARGO_HOURS = 24 * 366;
    private static final int MAX_ARCHIVE_DAYS = 366 * 100;
    private static final int MAX_LEAD_IN = 10_000;

    /**
     * Validates the values and replaces booleans that have their default value by null, so that equal policies are equal
     * records.
     *
     * @throws IllegalArgumentException if a value is out of range or does not fit the gate
     */
    public Policy {
        checkArgument(gate != null, "gate is missing");
        boolean metered = gate == Gate.METERED;
        checkArgument(
                metered == (allowance != null) && metered == (window != null),
                "METERED needs both an allowance and a window, and other gates allow neither");
        checkRange("allowance", allowance, 1, MAX_ALLOWANCE);
        checkRange("embargoHours", embargoHours, 1, MAX_EMBARGO_HOURS);
        checkRange("archiveDays", archiveDays, 1, MAX_ARCHIVE_DAYS);
        checkRange("leadIn", leadIn, 0, MAX_LEAD_IN);
        inTrials = Boolean.FALSE.equals(inTrials) ? false : null;
        meterAllowed = Boolean.FALSE.equals(meterAllowed) ? false : null;
        crawlers = Boolean.TRUE.equals(crawlers) ? true : null;
        checkArgument(metered || meterAllowed == null, "meterAllowed requires gate METERED");
    }

    private static void checkRange(String name, Integer value, int min, int max) {
        checkArgument(value == null || (value >= min && value <= max), "%s must be between %s and %s", name, min, max);
    }

    /** Returns a builder of a policy with this gate. */
    public static PolicyBuilder builder(Gate gate) {
        return new PolicyBuilder(gate);
    }

    /** Returns the policy with this gate, other than METERED, and no further conditions. */
    public static Policy of(Gate gate) {
        return builder(gate).build();
    }

    /** Returns the policy with gate METERED and no further conditions. */
    public static Policy metered(int allowance, CalendarWindow window) {
        return builder(Gate.METERED).allowance(allowance).window(window).build();
    }

    /**
     * Returns the gate of an article at an instant: MEMBERS during the embargo, in the archive, and if the meter is not
     * allowed; otherwise {@link #gate}.
     *
     * @param publishedAt empty if unknown, in which case neither embargo nor archive applies
     */
    public Gate effectiveGate(Optional<Instant> publishedAt, Instant at) {
        boolean membersOnly = isEmbargoed(publishedAt, at)
                || archivedFrom(publishedAt).filter(it -> !at.isBefore(it)).isPresent()
                || Boolean.FALSE.equals(meterAllowed);
        return membersOnly ? Gate.MEMBERS : gate;
    }

    /** Returns true if the article is under embargo at the instant; false if its publication time is unknown. */
    public boolean isEmbargoed(Optional<Instant> publishedAt, Instant at) {
        return embargoedUntil(publishedAt).filter(at::isBefore).isPresent();
    }

    /**
     * Returns the next instant after {@code at} at which the age of the article changes its effective gate;
     * {@link Instant#MAX} if there is none.
     */
    public Instant nextAgeThreshold(Optional<Instant> publishedAt, Instant at) {
        return Stream.of(embargoedUntil(publishedAt), archivedFrom(publishedAt))
                .flatMap(Optional::stream)
                .filter(at::isBefore)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private Optional<Instant> embargoedUntil(Optional<Instant> publishedAt) {
        return publishedAt.filter(_ -> embargoHours != null).map(it -> it.plus(Duration.ofHours(embargoHours)));
    }

    private Optional<Instant> archivedFrom(Optional<Instant> publishedAt) {
        return publishedAt.filter(_ -> archiveDays != null).map(it -> it.plus(Duration.ofDays(archiveDays)));
    }

    /**
     * Returns true if the source may be read in the country.
     *
     * @param country ISO 3166-1 alpha-2 code in lower case; empty if unknown
     */
    public boolean allowsCountry(Optional<String> country) {
        return territories == null || territories.allows(country);
    }

    /** Returns true if a free trial gives access. */
    public boolean opensInTrials() {
        return inTrials == null;
    }

    /** Returns true if verified crawlers have access. */
    public boolean allowsCrawlers() {
        return crawlers != null;
    }
}
