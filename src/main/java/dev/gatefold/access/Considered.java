package dev.gatefold.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.access.Ruling.Verdict;
import dev.gatefold.catalog.Article;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.Policy;
import dev.gatefold.catalog.Rule;
import dev.gatefold.catalog.Source;
import dev.gatefold.entitlements.Coverage;
import dev.gatefold.entitlements.Right;
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
public record Considered(String rule, String grant, Outcome outcome, String why) {
    @Schema(name = "ConsideredOutcome")
    public enum Outcome {
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
    static List<Considered> of(
            Catalog catalog, Question question, Standing standing, Verdict verdict, boolean insider, Instant at) {
        Article article = question.article();
        if (article.source().isEmpty()) {
            return List.of(new Considered(null, null, Outcome.DECIDED, "the address belongs to no source"));
        }
        Source source = article.source().get();
        Rule inForce = catalog.rules(source).inForce(article.section(), at);
        Optional<Right> winner = standing.longest(right -> Paywall.opens(right, article, inForce.policy(), catalog), at)
                .filter(right -> Reason.of(right.basis()) == verdict.reason());
        List<Considered> considered = new ArrayList<>();
        winner.ifPresent(right -> considered.add(grant(right, Outcome.DECIDED, "lasts longest " + term(right))));
        favour(verdict.reason()).ifPresent(considered::add);
        considered.add(rule(
                source,
                inForce,
                considered.isEmpty() ? Outcome.DECIDED : Outcome.NO_MATTER,
                terms(inForce.policy(), question, at)));
        standing.rights().stream()
                .filter(right -> winner.filter(right::equals).isEmpty())
                .map(right -> verdict.reason() == Reason.TERRITORY
                        ? grant(right, Outcome.NO_MATTER, "opens nothing where the reader is")
                        : passedOver(right, article, inForce.policy(), catalog, at))
                .forEach(considered::add);
        catalog.rules(source).about(article.section()).stream()
                .filter(rule -> rule.version() != inForce.version())
                .filter(rule -> insider || !rule.from().isAfter(at))
                .map(rule -> rule(source, rule, Outcome.NO_MATTER, passedOver(rule, inForce, at)))
                .forEach(considered::add);
        return List.copyOf(considered);
    }

    private static Optional<Considered> favour(Reason reason) {
        String why = switch (reason) {
            case SHARED_LINK -> "a member has given the article away to this reader";
            case CRAWLER -> "the address is proved to be a search engine's";
            case METERED -> "the meter has room, or the article is on it already";
            case METER_EXHAUSTED -> "the meter is full";
            case FALLBACK -> "the meter cannot be asked";
            default -> null;
        };
        return Optional.ofNullable(why).map(it -> new Considered(null, null, Outcome.DECIDED, it));
    }

    private static Considered rule(Source source, Rule rule, Outcome outcome, String why) {
        String section = rule.section().isEmpty() ? "" : "/" + rule.section();
        return new Considered(source.slug() + section + " v" + rule.version(), null, outcome, why);
    }

    /** What the rule in force asks of this article now. */
    private static String terms(Policy policy, Question question, Instant at) {
        Article article = question.article();
        List<String> terms = new ArrayList<>(List.of("gate " + policy.gate()));
        if (!policy.mayBeReadIn(question.country())) {
            terms.add("not to be read in " + question.country().orElse("a country that nobody tells"));
        }
        if (policy.isEmbargoed(article.publishedAt(), at)) {
            terms.add("for members only in the first " + policy.embargoHours() + " hours");
        } else if (policy.gateFor(article.publishedAt(), at) != policy.gate()) {
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

    private static String passedOver(Rule rule, Rule inForce, Instant at) {
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

    private static Considered passedOver(Right right, Article article, Policy policy, Catalog catalog, Instant at) {
        if (!right.coverage().opens(article, catalog)) {
            return grant(right, Outcome.NO_MATTER, "does not cover the article");
        }
        if (right.term().startsAfter(at)) {
            return grant(right, Outcome.NO_MATTER, "begins at " + right.term().from());
        }
        if (right.term().endedBy(at)) {
            return grant(right, Outcome.NO_MATTER, "ended at " + right.term().end());
        }
        return Paywall.opens(right, article, policy, catalog)
                ? grant(right, Outcome.OPENS, "lasts " + term(right))
                : grant(right, Outcome.NO_MATTER, "the source is not in trials");
    }

    private static Considered grant(Right right, Outcome outcome, String why) {
        String coverage = switch (right.coverage()) {
            case Coverage.OfPlan(String plan) -> "plan " + plan;
            case Coverage.OfArticle one -> "one article of " + one.source() + ", " + one.name();
        };
        return new Considered(null, right.basis() + " of " + coverage, outcome, why);
    }

    private static String term(Right right) {
        return right.term().until().map(it -> "until " + it).orElse("without an end");
    }
}
