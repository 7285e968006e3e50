package dev.gatefold.access;

import dev.gatefold.access.Precedent.Who;
import dev.gatefold.access.Ruling.Ration;
import dev.gatefold.access.Ruling.Verdict;
import dev.gatefold.catalog.Catalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What other policies would have made of decisions that were made: the same law, asked again. Of a meter that was not
 * asked then, nothing is known, and it is taken to have room.
 */
final class DryRun {
    private static final int MOST_EXAMPLES = 20;

    /**
     * What would have become of the decisions.
     *
     * @param decisions how many were tried
     * @param opened were denied, and would have been granted
     * @param closed were granted, and would have been denied
     * @param otherwise the same, for another reason
     * @param meterAssumed would have been decided by a meter of which nothing is known
     * @param readers the same, for each kind of reader
     * @param examples some of those that would change
     */
    record Result(
            int decisions,
            int opened,
            int closed,
            int otherwise,
            int meterAssumed,
            Map<Who, Count> readers,
            List<Example> examples) {}

    record Count(int decisions, int opened, int closed, int otherwise) {
        private static final Count NONE = new Count(0, 0, 0, 0);

        private Count and(Reason before, Reason after) {
            boolean same = before.grants() == after.grants();
            return new Count(
                    decisions + 1,
                    opened + (!same && after.grants() ? 1 : 0),
                    closed + (!same && before.grants() ? 1 : 0),
                    otherwise + (same && before != after ? 1 : 0));
        }

        private Count and(Count other) {
            return new Count(
                    decisions + other.decisions,
                    opened + other.opened,
                    closed + other.closed,
                    otherwise + other.otherwise);
        }
    }

    /** @param id of the decision, by which it is found in the record */
    record Example(UUID id, Instant at, String source, String section, Who reader, Reason before, Reason after) {}

    private final Catalog today;
    private final Catalog imagined;
    private final Map<Who, Count> readers = new EnumMap<>(Who.class);
    private final List<Example> examples = new ArrayList<>();
    private int meterAssumed;

    private DryRun(Catalog today, Catalog imagined) {
        this.today = today;
        this.imagined = imagined;
    }

    static Result of(List<Precedent> precedents, Catalog today, Catalog imagined) {
        DryRun run = new DryRun(today, imagined);
        precedents.forEach(run::again);
        Count all = run.readers.values().stream().reduce(Count.NONE, Count::and);
        return new Result(
                all.decisions, all.opened, all.closed, all.otherwise, run.meterAssumed, run.readers, run.examples);
    }

    private void again(Precedent precedent) {
        Who who = precedent.who();
        // by today's rules, and not as it was answered: so that it is the drafts that make the difference
        Reason before = reason(precedent, today);
        Reason after = reason(precedent, imagined);
        meterAssumed += after == Reason.METERED && knowsNoMeter(precedent, imagined) ? 1 : 0;
        readers.merge(who, Count.NONE.and(before, after), Count::and);
        if (before != after) {
            if (examples.size() < MOST_EXAMPLES) {
                examples.add(new Example(
                        precedent.id(),
                        precedent.at(),
                        precedent.source(),
                        precedent.facts().section(),
                        who,
                        before,
                        after));
            }
        }
    }

    private static Reason reason(Precedent precedent, Catalog catalog) {
        Ruling ruling = Paywall.rule(catalog, precedent.question(catalog), precedent.standing(), precedent.at());
        return switch (ruling) {
            case Verdict verdict -> verdict.reason();
            case Ration ration -> ration.settle(tally(precedent, ration)).reason();
        };
    }

    private static Tally tally(Precedent precedent, Ration ration) {
        return isKnown(precedent, ration) ? precedent.facts().tally() : Tally.EMPTY;
    }

    /** A meter of another window says nothing of this one's. */
    private static boolean isKnown(Precedent precedent, Ration ration) {
        return precedent.facts().tally() != null
                && ration.period().id().equals(precedent.facts().period());
    }

    private static boolean knowsNoMeter(Precedent precedent, Catalog catalog) {
        return Paywall.rule(catalog, precedent.question(catalog), precedent.standing(), precedent.at())
                        instanceof Ration ration
                && !isKnown(precedent, ration);
    }
}
