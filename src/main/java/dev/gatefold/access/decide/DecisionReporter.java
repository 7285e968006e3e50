package dev.gatefold.access.decide;

import dev.gatefold.access.DenyReason;
import dev.gatefold.access.GrantReason;
import dev.gatefold.access.Reason;
import dev.gatefold.access.decisionlog.DecisionSample;
import dev.gatefold.access.decisionlog.DecisionSample.AccessOperation;
import dev.gatefold.access.decisionlog.DecisionSamples;
import dev.gatefold.access.decisionlog.WrongDenialMonitor;
import dev.gatefold.access.meter.MeterTally;
import dev.gatefold.accounts.personaldata.Pseudonyms;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.rules.Rule;
import dev.gatefold.entitlements.Standing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What operators see of the answers: how many of which reason; a line in the log for each article that is opened, and,
 * at the level DEBUG, for each question; and some of them in the record. Neither names the reader.
 */
@Singleton
public final class DecisionReporter {
    private static final Logger LOG = Logger.getLogger("gatefold.decisions");
    private static final String PSEUDONYM = "decision-sample";

    /** A decision, and what it was made of. */
    public record DecidedArticle(
            PaywallQuery question, Standing standing, Optional<UUID> holder, MeterTally tally, Decision decision) {}

    private final Map<AccessOperation, Map<Reason, Counter>> counters = new EnumMap<>(AccessOperation.class);
    private final DecisionSamples precedents;
    private final WrongDenialMonitor denials;
    private final Pseudonyms pseudonyms;

    DecisionReporter(
            MeterRegistry metrics, DecisionSamples precedents, WrongDenialMonitor denials, Pseudonyms pseudonyms) {
        for (AccessOperation call : AccessOperation.values()) {
            counters.put(call, counters(metrics, call));
        }
        this.precedents = precedents;
        this.denials = denials;
        this.pseudonyms = pseudonyms;
    }

    private static Map<Reason, Counter> counters(MeterRegistry metrics, AccessOperation call) {
        Map<Reason, Counter> counters = new java.util.HashMap<>();
        for (Reason reason : java.util.stream.Stream.<Reason>concat(
                        java.util.Arrays.stream(GrantReason.values()), java.util.Arrays.stream(DenyReason.values()))
                .toList()) {
            counters.put(
                    reason,
                    Counter.builder("gatefold.decisions")
                            .description("Answers to the question whether an article may be opened")
                            .tag("operation", call.name().toLowerCase(java.util.Locale.ROOT))
                            .tag("granted", String.valueOf(reason.grants()))
                            .tag("reason", reason.name())
                            .register(metrics));
        }
        return counters;
    }

    void report(AccessOperation call, List<DecidedArticle> all, Catalog catalog) {
        int recorded = precedents.takeBudget(all.size());
        for (int i = 0; i < all.size(); i++) {
            DecidedArticle made = all.get(i);
            count(call, made, catalog);
            denials.observe(made, catalog);
            if (i < recorded && made.decision.source() != null) {
                precedents.record(precedent(call, made, catalog));
            }
        }
    }

    private void count(AccessOperation call, DecidedArticle made, Catalog catalog) {
        Decision decision = made.decision;
        counters.get(call).get(decision.reason()).increment();
        Logger.Level level = call == AccessOperation.OPEN ? Logger.Level.INFO : Logger.Level.DEBUG;
        if (LOG.isEnabled(level)) {
            LOG.logf(
                    level,
                    "decision=%s operation=%s granted=%s reason=%s source=%s rule=%s counted=%s stale=%s",
                    decision.id(),
                    call,
                    decision.granted(),
                    decision.reason(),
                    decision.source() == null ? null : decision.source().slug(),
                    decidingRule(made, catalog).map(Rule::version).orElse(null),
                    decision.counted(),
                    decision.stale());
        }
    }

    private DecisionSample precedent(AccessOperation call, DecidedArticle made, Catalog catalog) {
        Decision decision = made.decision;
        return new DecisionSample(
                decision.id(),
                decision.asOf(),
                call,
                made.holder
                        .map(holder -> pseudonyms.pseudonymOf(PSEUDONYM, holder))
                        .orElse(null),
                decision.source().slug(),
                decidingRule(made, catalog).orElseThrow().version(),
                decision.reason(),
                DecisionSample.SampledInput.of(made.question, made.standing, decision.meter(), made.tally, catalog));
    }

    public static Optional<Rule> decidingRule(DecidedArticle made, Catalog catalog) {
        var article = made.question.article();
        return article.source()
                .map(source -> catalog.rules(source).effectiveRule(article.section(), made.decision.asOf()));
    }
}
