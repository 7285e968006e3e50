package dev.gatefold.access.decide;

import dev.gatefold.access.DenyReason;
import dev.gatefold.access.GrantReason;
import dev.gatefold.access.decide.ExplanationStep.ExplanationOutcome;
import dev.gatefold.access.decide.Ruling.Denial;
import dev.gatefold.access.decide.Ruling.Grant;
import dev.gatefold.access.decide.Ruling.Verdict;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.catalog.rules.Rule;
import dev.gatefold.entitlements.Coverage;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Explains the ruling on one article: lists all rules and entitlements with their effect, the deciding step first. */
final class ExplanationBuilder {
    private final Catalog catalog;
    private final PaywallQuery query;
    private final Article article;
    private final Source source;
    private final Standing standing;
    private final Verdict verdict;
    private final Policy policy;
    private final boolean showsPlannedRules;
    private final Instant at;
    private final List<ExplanationStep> steps = new ArrayList<>();

    private ExplanationBuilder(Rulings rulings, PaywallQuery query, Source source, Verdict verdict) {
        this.catalog = rulings.catalog();
        this.query = query;
        this.article = query.article();
        this.source = source;
        this.standing = rulings.standing();
        this.verdict = verdict;
        this.policy = verdict.rule().policy();
        this.showsPlannedRules = rulings.query().context().isTrustedCaller();
        this.at = rulings.query().at();
    }

    /** Explains a verdict. Rules that take effect in the future are listed only for trusted callers. */
    static List<ExplanationStep> explain(Rulings rulings, PaywallQuery query, Verdict verdict) {
        return query.article()
                .source()
                .map(source -> new ExplanationBuilder(rulings, query, source, verdict).build())
                .orElseGet(() -> List.of(ExplanationStep.decided("the URL belongs to no source")));
    }

    private List<ExplanationStep> build() {
        Optional<Entitlement> deciding = decidingEntitlement();
        deciding.ifPresent(it -> steps.add(step(it, ExplanationOutcome.DECIDED, "has the latest end, " + term(it))));
        bypassOrMeter().map(ExplanationStep::decided).ifPresent(steps::add);
        steps.add(step(
                verdict.rule(),
                steps.isEmpty() ? ExplanationOutcome.DECIDED : ExplanationOutcome.NO_MATTER,
                new PolicySummary(policy, query, at).text()));
        standing.entitlements().stream()
                .filter(it -> deciding.filter(it::equals).isEmpty())
                .map(this::notDeciding)
                .forEach(steps::add);
        catalog.rules(source).applicableTo(article.section()).stream()
                .filter(rule -> rule.version() != verdict.rule().version())
                .filter(rule -> showsPlannedRules || !rule.from().isAfter(at))
                .map(rule -> step(rule, ExplanationOutcome.NO_MATTER, notDeciding(rule)))
                .forEach(steps::add);
        return List.copyOf(steps);
    }

    private Optional<Entitlement> decidingEntitlement() {
        return standing.longestActive(it -> Paywall.opens(it, article, policy, catalog), at)
                .filter(it -> GrantReason.of(it.basis()) == verdict.reason());
    }

    private Optional<String> bypassOrMeter() {
        return switch (verdict) {
            case Grant grant ->
                switch (grant.reason()) {
                    case SHARED_LINK -> Optional.of("a member shared the article with the reader");
                    case CRAWLER -> Optional.of("the remote address belongs to a search engine crawler");
                    case METERED -> Optional.of("the meter admits the article, or counted it before");
                    case FALLBACK -> Optional.of("the meter cannot be read");
                    case OPEN,
                            REGISTERED,
                            TRIAL,
                            MEMBER,
                            GRACE,
                            COMPLIMENTARY,
                            GIFT,
                            HOUSEHOLD,
                            PURCHASED,
                            PENDING_PAYMENT -> Optional.empty();
                };
            case Denial denial ->
                denial.reason() == DenyReason.METER_EXHAUSTED
                        ? Optional.of("the meter is exhausted")
                        : Optional.empty();
        };
    }

    private String notDeciding(Rule rule) {
        if (rule.withdrawnAt() != null
                && (!rule.withdrawnAt().isAfter(at) || !rule.withdrawnAt().isAfter(rule.from()))) {
            return "was withdrawn at " + rule.withdrawnAt();
        }
        if (rule.from().isAfter(at)) {
            return "takes effect at " + rule.from();
        }
        if (rule.until() != null && !rule.until().isAfter(at)) {
            return "was in force until " + rule.until();
        }
        return rule.section().length() < verdict.rule().section().length()
                ? "a more specific section has its own rule"
                : "was replaced at " + verdict.rule().from();
    }

    private ExplanationStep notDeciding(Entitlement entitlement) {
        if (verdict.reason() == DenyReason.TERRITORY) {
            return noMatter(entitlement, "opens nothing in the reader's country");
        }
        if (!entitlement.coverage().opens(article, catalog)) {
            return noMatter(entitlement, "does not cover the article");
        }
        if (entitlement.term().startsAfter(at)) {
            return noMatter(entitlement, "begins at " + entitlement.term().from());
        }
        if (entitlement.term().endedBy(at)) {
            return noMatter(entitlement, "ended at " + entitlement.term().end());
        }
        return Paywall.opens(entitlement, article, policy, catalog)
                ? step(entitlement, ExplanationOutcome.OPENS, "is valid " + term(entitlement))
                : noMatter(entitlement, "trials do not open the source");
    }

    private static ExplanationStep noMatter(Entitlement entitlement, String why) {
        return step(entitlement, ExplanationOutcome.NO_MATTER, why);
    }

    private static ExplanationStep step(Entitlement entitlement, ExplanationOutcome outcome, String why) {
        String coverage = switch (entitlement.coverage()) {
            case Coverage.PlanCoverage(String plan) -> "plan " + plan;
            case Coverage.ArticleCoverage one -> "one article of " + one.source() + ", " + one.name();
        };
        return ExplanationStep.grant(entitlement.basis() + " of " + coverage, outcome, why);
    }

    private ExplanationStep step(Rule rule, ExplanationOutcome outcome, String why) {
        String section = rule.section().isEmpty() ? "" : "/" + rule.section();
        return ExplanationStep.rule(source.slug() + section + " v" + rule.version(), outcome, why);
    }

    private static String term(Entitlement entitlement) {
        return entitlement.term().until().map(it -> "until " + it).orElse("without end");
    }
}
