package dev.gatefold.access.decide;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.access.DenyReason;
import dev.gatefold.access.GrantReason;
import dev.gatefold.access.Reason;
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
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One of the things that an answer was made of: a rule, a grant, or neither, where it is what the reader came with.
 *
 * @param rule source, section and version: {@code toms-guide/reviews v3}
 * @param grant basis and coverage: {@code TRIAL of plan membership}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExplanationStep(String rule, String grant, ExplanationOutcome outcome, String why) {
    @Schema(name = "ExplanationOutcome")
    public enum ExplanationOutcome {
        /** It made the answer. */
        DECIDED,
        /** It would open the article too. */
        OPENS,
        /** It has nothing to say of this article, now or at all. */
        NO_MATTER
    }

    /**
     * All that was to be considered, what made the answer first.
     *
     * @param insider whether whoever asks may know what is planned
     */
    static List<ExplanationStep> of(
            Catalog catalog, PaywallQuery question, Standing standing, Verdict verdict, boolean insider, Instant at) {
        Article article = question.article();
        if (article.source().isEmpty()) {
            return List.of(
                    new ExplanationStep(null, null, ExplanationOutcome.DECIDED, "the address belongs to no source"));
        }
        Source source = article.source().get();
        Rule inForce = catalog.rules(source).effectiveRule(article.section(), at);
        Optional<Entitlement> winner = standing.longestActive(
                        right -> Paywall.opens(right, article, inForce.policy(), catalog), at)
                .filter(right -> GrantReason.of(right.basis()) == verdict.reason());
        List<ExplanationStep> considered = new ArrayList<>();
        winner.ifPresent(
                right -> considered.add(grant(right, ExplanationOutcome.DECIDED, "lasts longest " + term(right))));
        bypassOrMeter(verdict.reason()).ifPresent(considered::add);
        considered.add(rule(
                source,
                inForce,
                considered.isEmpty() ? ExplanationOutcome.DECIDED : ExplanationOutcome.NO_MATTER,
                policySummary(inForce.policy(), question, at)));
        standing.entitlements().stream()
                .filter(right -> winner.filter(right::equals).isEmpty())
                .map(right -> verdict.reason() == DenyReason.TERRITORY
                        ? grant(right, ExplanationOutcome.NO_MATTER, "opens nothing where the reader is")
                        : notDeciding(right, article, inForce.policy(), catalog, at))
                .forEach(considered::add);
        catalog.rules(source).applicableTo(article.section()).stream()
                .filter(rule -> rule.version() != inForce.version())
                .filter(rule -> insider || !rule.from().isAfter(at))
                .map(rule -> rule(source, rule, ExplanationOutcome.NO_MATTER, notDeciding(rule, inForce, at)))
                .forEach(considered::add);
        return List.copyOf(considered);
    }

    private static Optional<ExplanationStep> bypassOrMeter(Reason reason) {
        String why = switch (reason) {
            case GrantReason.SHARED_LINK -> "a member has given the article away to this reader";
            case GrantReason.CRAWLER -> "the address is proved to be a search engine's";
            case GrantReason.METERED -> "the meter has room, or the article is on it already";
            case DenyReason.METER_EXHAUSTED -> "the meter is full";
            case GrantReason.FALLBACK -> "the meter cannot be asked";
            default -> null;
        };
        return Optional.ofNullable(why).map(it -> new ExplanationStep(null, null, ExplanationOutcome.DECIDED, it));
    }

    private static ExplanationStep rule(Source source, Rule rule, ExplanationOutcome outcome, String why) {
        String section = rule.section().isEmpty() ? "" : "/" + rule.section();
        return new ExplanationStep(source.slug() + section + " v" + rule.version(), null, outcome, why);
    }

    /** What the rule in force asks of this article now. */
    private static String policySummary(Policy policy, PaywallQuery question, Instant at) {
        Article article = question.article();
        List<String> terms = new ArrayList<>(List.of("gate " + policy.gate()));
        if (!policy.allowsCountry(question.country())) {
            terms.add("not to be read in " + question.country().orElse("a country that nobody tells"));
        }
        if (policy.isEmbargoed(article.publishedAt(), at)) {
            terms.add("for members only in the first " + policy.embargoHours() + " hours");
        } else if (policy.effectiveGate(article.publishedAt(), at) != policy.gate()) {
            terms.add(
                    policy.meterAllowed() != null
                            ? "no meter"
                            : "for members only from " + policy.archiveDays() + " days on");
        }
        if (policy.embargoHours() != null && article.publishedAt().isEmpty()) {
            terms.add("no embargo, since nobody tells when the article was published");
        }
        if (!policy.opensInTrials()) {
            terms.add("not in trials");
        }
        return String.join("; ", terms);
    }

    private static String notDeciding(Rule rule, Rule inForce, Instant at) {
        if (rule.withdrawnAt() != null
                && (!rule.withdrawnAt().isAfter(at) || !rule.withdrawnAt().isAfter(rule.from()))) {
            return "was taken back at " + rule.withdrawnAt();
        }
        if (rule.from().isAfter(at)) {
            return "holds from " + rule.from();
        }
        if (rule.until() != null && !rule.until().isAfter(at)) {
            return "held until " + rule.until();
        }
        return rule.section().length() < inForce.section().length()
                ? "a longer section has a rule of its own"
                : "another has begun since, at " + inForce.from();
    }

    private static ExplanationStep notDeciding(
            Entitlement right, Article article, Policy policy, Catalog catalog, Instant at) {
        if (!right.coverage().opens(article, catalog)) {
            return grant(right, ExplanationOutcome.NO_MATTER, "does not cover the article");
        }
        if (right.term().startsAfter(at)) {
            return grant(
                    right,
                    ExplanationOutcome.NO_MATTER,
                    "begins at " + right.term().from());
        }
        if (right.term().endedBy(at)) {
            return grant(
                    right,
                    ExplanationOutcome.NO_MATTER,
                    "ended at " + right.term().end());
        }
        return Paywall.opens(right, article, policy, catalog)
                ? grant(right, ExplanationOutcome.OPENS, "lasts " + term(right))
                : grant(right, ExplanationOutcome.NO_MATTER, "the source is not in trials");
    }

    private static ExplanationStep grant(Entitlement right, ExplanationOutcome outcome, String why) {
        String coverage = switch (right.coverage()) {
            case Coverage.PlanCoverage(String plan) -> "plan " + plan;
            case Coverage.ArticleCoverage one -> "one article of " + one.source() + ", " + one.name();
        };
        return new ExplanationStep(null, right.basis() + " of " + coverage, outcome, why);
    }

    private static String term(Entitlement right) {
        return right.term().until().map(it -> "until " + it).orElse("without an end");
    }
}
