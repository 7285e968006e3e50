package dev.gatefold.decisionlog;

import dev.gatefold.access.GrantReason;
import dev.gatefold.access.Reason;
import dev.gatefold.access.decide.Paywall;
import dev.gatefold.access.decide.Ruling;
import dev.gatefold.access.decide.Ruling.Ration;
import dev.gatefold.access.decide.Ruling.Verdict;
import dev.gatefold.access.meter.MeterTally;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.entitlements.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Decides samples again under draft policies. The comparison is with a decision by today's policies rather than with the
 * recorded one, so that only the drafts make a difference. A meter that was not read then is assumed to admit the article.
 */
final class PolicyDryRun {
    private static final int MAX_EXAMPLES = 20;

    /**
     * Result of a dry run.
     *
     * @param decisions number of decisions
     * @param opened number of denials that would be grants
     * @param closed number of grants that would be denials
     * @param otherwise number of decisions that would differ only in their reason
     * @param meterAssumed number of decisions by a meter whose state is unknown
     * @param readers the same numbers by kind of reader
     * @param examples some of the decisions that would differ
     */
    record DryRunResult(
            int decisions,
            int opened,
            int closed,
            int otherwise,
            int meterAssumed,
            Map<ReaderKind, DryRunCount> readers,
            List<ChangedDecision> examples) {}

    /**
     * A decision that would differ.
     *
     * @param id id of the sample
     */
    record ChangedDecision(
            UUID id, Instant at, String source, String section, ReaderKind reader, Reason before, Reason after) {}

    /**
     * Reason of a decision under some policies.
     *
     * @param meterAssumed true if it depends on a meter whose state is unknown
     */
    private record RepeatedDecision(Reason reason, boolean meterAssumed) {}

    private final Catalog current;
    private final Catalog draft;
    private final Map<ReaderKind, DryRunCount> readers = new EnumMap<>(ReaderKind.class);
    private final List<ChangedDecision> examples = new ArrayList<>();
    private int meterAssumed;

    private PolicyDryRun(Catalog current, Catalog draft) {
        this.current = current;
        this.draft = draft;
    }

    /** Compares the decisions on all samples by two catalogs. */
    static DryRunResult run(List<DecisionSample> samples, Catalog current, Catalog draft) {
        PolicyDryRun run = new PolicyDryRun(current, draft);
        samples.forEach(run::repeat);
        DryRunCount all = run.readers.values().stream().reduce(DryRunCount.NONE, DryRunCount::plus);
        return new DryRunResult(
                all.decisions(),
                all.opened(),
                all.closed(),
                all.otherwise(),
                run.meterAssumed,
                run.readers,
                run.examples);
    }

    private void repeat(DecisionSample sample) {
        Standing standing = sample.toStanding();
        ReaderKind kind = ReaderKind.of(standing, sample.at());
        Reason before = decide(sample, standing, current).reason;
        RepeatedDecision repeated = decide(sample, standing, draft);
        Reason after = repeated.reason;
        if (repeated.meterAssumed && after == GrantReason.METERED) {
            meterAssumed++;
        }
        readers.merge(kind, DryRunCount.of(before, after), DryRunCount::plus);
        if (before != after && examples.size() < MAX_EXAMPLES) {
            examples.add(new ChangedDecision(
                    sample.id(), sample.at(), sample.source(), sample.facts().section(), kind, before, after));
        }
    }

    private static RepeatedDecision decide(DecisionSample sample, Standing standing, Catalog catalog) {
        Ruling ruling = Paywall.rule(catalog, sample.toPaywallQuery(catalog), standing, sample.at());
        return switch (ruling) {
            case Verdict verdict -> new RepeatedDecision(verdict.reason(), false);
            case Ration ration -> {
                boolean isKnown = isMeterKnown(sample, ration);
                MeterTally tally = isKnown ? sample.facts().tally() : MeterTally.EMPTY;
                yield new RepeatedDecision(ration.resolve(tally).reason(), !isKnown);
            }
        };
    }

    /** Returns false if no meter was read, or one of another kind of period. */
    private static boolean isMeterKnown(DecisionSample sample, Ration ration) {
        return sample.facts().tally() != null
                && ration.period().id().equals(sample.facts().period());
    }
}
