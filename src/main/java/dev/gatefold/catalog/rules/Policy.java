package dev.gatefold.catalog.rules;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.catalog.model.CalendarWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A gate with its numbers, and what a publisher's contract adds to it. Whatever is null is not asked for.
 *
 * @param allowance METERED only: articles in each {@code window}
 * @param embargoHours for so long after its publication an article is for members only, whatever the gate
 * @param archiveDays an article is for members only from this age on, in days of 24 hours, whatever the gate
 * @param territories where it may be read at all
 * @param inTrials false where a free trial does not open it
 * @param meterAllowed false where nothing is opened on the meter, though the gate is METERED: for a section or for some
 *     weeks, while the allowance stays that of the source
 * @param leadIn how many characters of the text a denied reader is shown
 * @param crawlers true where verified search engines read along
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
    /** A meter holds what was read as one set in one row; beyond this the row would no longer be small. */
    public static final int MAX_ALLOWANCE = 1000;

    private static final int LONGEST_EMBARGO = 24 * 366;
    private static final int OLDEST_ARCHIVE = 366 * 100;
    private static final int LONGEST_LEAD_IN = 10_000;

    public Policy {
        checkArgument(gate != null, "a policy has a gate");
        boolean metered = gate == Gate.METERED;
        checkArgument(
                metered == (allowance != null) && metered == (window != null),
                "an allowance and a window belong to METERED, and METERED needs both");
        checkRange("an allowance", allowance, 1, MAX_ALLOWANCE);
        checkRange("an embargo in hours", embargoHours, 1, LONGEST_EMBARGO);
        checkRange("an archive's age in days", archiveDays, 1, OLDEST_ARCHIVE);
        checkRange("a lead-in in characters", leadIn, 0, LONGEST_LEAD_IN);
        // what is usual is not said, so that saying it makes no other policy
        inTrials = Boolean.FALSE.equals(inTrials) ? false : null;
        meterAllowed = Boolean.FALSE.equals(meterAllowed) ? false : null;
        crawlers = Boolean.TRUE.equals(crawlers) ? true : null;
        checkArgument(metered || meterAllowed == null, "only a meter can be forbidden, and METERED alone has one");
    }

    private static void checkRange(String what, Integer number, int least, int most) {
        checkArgument(
                number == null || (number >= least && number <= most), "%s is between %s and %s", what, least, most);
    }

    /** A gate and nothing else. */
    public static Policy of(Gate gate) {
        return new Policy(gate, null, null, null, null, null, null, null, null, null);
    }

    /** So many articles in each window, and nothing else. */
    public static Policy metered(int allowance, CalendarWindow window) {
        return new Policy(Gate.METERED, allowance, window, null, null, null, null, null, null, null);
    }

    /** How an article is closed at an instant: by the gate, unless its age makes it one for members. */
    public Gate effectiveGate(Optional<Instant> publishedAt, Instant at) {
        boolean forMembers = isEmbargoed(publishedAt, at)
                || archivedFrom(publishedAt).filter(it -> !at.isBefore(it)).isPresent()
                || Boolean.FALSE.equals(meterAllowed);
        return forMembers ? Gate.MEMBERS : gate;
    }

    /** Of an article whose age nobody tells, no age is assumed. */
    public boolean isEmbargoed(Optional<Instant> publishedAt, Instant at) {
        return embargoedUntil(publishedAt).filter(at::isBefore).isPresent();
    }

    /** The next instant at which an article's age changes how it is closed; far away where there is none. */
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

    public boolean allowsCountry(Optional<String> country) {
        return territories == null || territories.allows(country);
    }

    public boolean opensInTrials() {
        return inTrials == null;
    }

    public boolean allowsCrawlers() {
        return crawlers != null;
    }
}
