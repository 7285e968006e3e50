package dev.gatefold.access.decisionlog;

import dev.gatefold.access.GrantReason;
import dev.gatefold.access.Reason;
import dev.gatefold.access.decide.Paywall;
import dev.gatefold.access.decide.Ruling;
import dev.gatefold.access.decide.Ruling.Ration;
import dev.gatefold.access.decide.Ruling.Verdict;
import dev.gatefold.access.decisionlog.DecisionSample.ReaderKind;
import dev.gatefold.access.meter.MeterTally;
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
final class PolicyDryRun {
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
    record DryRunResult(
            int decisions,
            int opened,
            int closed,
            int otherwise,
            int meterAssumed,
            Map<ReaderKind, DryRunCount> readers,
            List<ChangedDecision> examples) {}

    record DryRunCount(int decisions, int opened, int closed, int otherwise) {
        private static final DryRunCount NONE = new DryRunCount(0, 0, 0, 0);

        private DryRunCount and(Reason before, Reason after) {
            boolean same = before.grants() == after.grants();
            return new DryRunCount(
                    decisions + 1,
                    opened + (!same && after.grants() ? 1 : 0),
                    closed + (!same && before.grants() ? 1 : 0),
                    otherwise + (same && before != after ? 1 : 0));
        }

        private DryRunCount and(DryRunCount other) {
            return new DryRunCount(
                    decisions + other.decisions,
                    opened + other.opened,
                    closed + other.closed,
                    otherwise + other.otherwise);
        }
    }

    /** @param id of the decision, by which it is found in the record */
    record ChangedDecision(
            UUID id, Instant at, String source, String section, ReaderKind reader, Reason before, Reason after) {}

    private final Catalog current;
    private final Catalog draft;
    private final Map<ReaderKind, DryRunCount> readers = new EnumMap<>(ReaderKind.class);
    private final List<ChangedDecision> examples = new ArrayList<>();
    private int meterAssumed;

    private PolicyDryRun(Catalog today, Catalog imagined) {
        this.current = today;
        this.draft = imagined;
    }

    static DryRunResult run(List<DecisionSample> precedents, Catalog today, Catalog imagined) {
        PolicyDryRun run = new PolicyDryRun(today, imagined);
        precedents.forEach(run::again);
        DryRunCount all = run.readers.values().stream().reduce(DryRunCount.NONE, DryRunCount::and);
        return new DryRunResult(
                all.decisions, all.opened, all.closed, all.otherwise, run.meterAssumed, run.readers, run.examples);
    }

    private void again(DecisionSample precedent) {
        ReaderKind who = precedent.readerKind();
        // by today's rules, and not as it was answered: so that it is the drafts that make the difference
        Reason before = reason(precedent, current);
        Reason after = reason(precedent, draft);
        meterAssumed += after == GrantReason.METERED && knowsNoMeter(precedent, draft) ? 1 : 0;
        readers.merge(who, DryRunCount.NONE.and(before, after), DryRunCount::and);
        if (before != after) {
            if (examples.size() < MOST_EXAMPLES) {
                examples.add(new ChangedDecision(
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

    private static Reason reason(DecisionSample precedent, Catalog catalog) {
        Ruling ruling =
                Paywall.rule(catalog, precedent.toPaywallQuery(catalog), precedent.toStanding(), precedent.at());
        return switch (ruling) {
            case Verdict verdict -> verdict.reason();
            case Ration ration -> ration.resolve(tally(precedent, ration)).reason();
        };
    }

    private static MeterTally tally(DecisionSample precedent, Ration ration) {
        return isKnown(precedent, ration) ? precedent.facts().tally() : MeterTally.EMPTY;
    }

    /** A meter of another window says nothing of this one's. */
    private static boolean isKnown(DecisionSample precedent, Ration ration) {
        return precedent.facts().tally() != null
                && ration.period().id().equals(precedent.facts().period());
    }

    private static boolean knowsNoMeter(DecisionSample precedent, Catalog catalog) {
        return Paywall.rule(catalog, precedent.toPaywallQuery(catalog), precedent.toStanding(), precedent.at())
                        instanceof Ration ration
                && !isKnown(precedent, ration);
    }
}
