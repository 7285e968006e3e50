package dev.gatefold.access.decide;

import dev.gatefold.access.decide.Ruling.Ration;
import dev.gatefold.access.decide.Ruling.Verdict;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.catalog.rules.Rule;
import dev.gatefold.catalog.rules.SourceRules;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.Standing;
import java.time.Instant;
import java.util.Optional;

/**
 * The law of the wall: a pure function of the question, what the reader holds, the rules in force, and the instant. A
 * right is looked for before a favour, and a favour before a ration, since only rations are spent.
 */
public final class Paywall {
    private final Catalog catalog;
    private final PaywallQuery question;
    private final Article article;
    private final Source source;
    private final Standing standing;
    private final Instant at;
    private final Policy policy;

    /** When the rules in force or the article's age change by themselves. */
    private final Instant nextRuleChange;

    private Paywall(Catalog catalog, PaywallQuery question, Source source, Standing standing, Instant at) {
        this.catalog = catalog;
        this.question = question;
        this.article = question.article();
        this.source = source;
        this.standing = standing;
        this.at = at;
        SourceRules rules = catalog.rules(source);
        Rule rule = rules.effectiveRule(article.section(), at);
        this.policy = rule.policy();
        this.nextRuleChange =
                first(rules.nextChange(article.section(), at), policy.nextAgeThreshold(article.publishedAt(), at));
    }

    public static Ruling rule(Catalog catalog, PaywallQuery question, Standing standing, Instant at) {
        return question.article()
                .source()
                .map(source -> new Paywall(catalog, question, source, standing, at).rule())
                .orElseGet(() -> Verdict.of(Reason.SOURCE_UNKNOWN, Instant.MAX));
    }

    private Ruling rule() {
        if (!policy.allowsCountry(question.country())) {
            return Verdict.of(Reason.TERRITORY, nextRuleChange);
        }
        return switch (policy.effectiveGate(article.publishedAt(), at)) {
            case OPEN -> Verdict.of(Reason.OPEN, nextRuleChange);
            case REGISTERED -> registered().or(this::favoured).orElseGet(() -> denied(Reason.SIGN_UP_REQUIRED));
            case METERED -> entitled().or(this::favoured).orElseGet(this::rationed);
            case MEMBERS -> entitled().or(this::favoured).orElseGet(() -> denied(whyNot()));
        };
    }

    private Optional<Ruling> registered() {
        return standing.account().map(_ -> Verdict.of(Reason.REGISTERED, nextRuleChange));
    }

    private Optional<Ruling> entitled() {
        return standing.longestActive(this::opens, at).map(right -> {
            Instant rightChanges = first(right.term().end(), standing.nextStart(this::opens, at));
            return Verdict.of(Reason.of(right.basis()), first(rightChanges, nextRuleChange));
        });
    }

    private boolean opens(Entitlement right) {
        return opens(right, article, policy, catalog);
    }

    /** Whether a right opens an article, as long as it lasts. */
    public static boolean opens(Entitlement right, Article article, Policy policy, Catalog catalog) {
        return right.coverage().opens(article, catalog)
                && (right.basis() != EntitlementBasis.TRIAL || policy.opensInTrials());
    }

    /** By what the reader does not hold, but comes with. What is for members only yet is nobody's to give away. */
    private Optional<Ruling> favoured() {
        if (question.shareTerm().filter(term -> term.contains(at)).isPresent() && !isEmbargoed()) {
            return Optional.of(
                    granted(Reason.SHARED_LINK, question.shareTerm().get().end()));
        }
        return question.verifiedCrawler() && policy.allowsCrawlers()
                ? Optional.of(granted(Reason.CRAWLER, Instant.MAX))
                : Optional.empty();
    }

    private Ruling granted(Reason reason, Instant until) {
        return Verdict.of(reason, first(until, first(standing.nextStart(this::opens, at), nextRuleChange)));
    }

    private Ruling rationed() {
        return question.canUseMeter() || standing.account().isPresent()
                ? new Ration(
                        policy.window().periodAt(at, source.zone()),
                        policy.allowance(),
                        first(standing.nextChange(at), nextRuleChange))
                : denied(Reason.SIGN_UP_REQUIRED);
    }

    private Ruling denied(Reason reason) {
        return Verdict.of(reason, first(standing.nextChange(at), nextRuleChange));
    }

    private Reason whyNot() {
        return isEmbargoed() ? Reason.EMBARGOED : reasonForMissingEntitlement(standing, at);
    }

    private boolean isEmbargoed() {
        return policy.isEmbargoed(article.publishedAt(), at);
    }

    /** Why a reader who holds no right to an article holds none. */
    static Reason reasonForMissingEntitlement(Standing standing, Instant at) {
        if (standing.account().isEmpty()) {
            return Reason.SIGN_UP_REQUIRED;
        }
        if (standing.activeMemberships(at).findAny().isPresent()) {
            return Reason.NOT_IN_PLAN;
        }
        if (standing.hasUnpaidGrace(at)) {
            return Reason.PAYMENT_FAILED;
        }
        return standing.lastEndedMembership(at).map(Paywall::ended).orElse(Reason.MEMBERSHIP_REQUIRED);
    }

    private static Reason ended(Entitlement last) {
        return switch (last.basis()) {
            case TRIAL -> Reason.TRIAL_ENDED;
            case GRACE -> Reason.PAYMENT_FAILED;
            case MEMBER, COMPLIMENTARY, GIFT, HOUSEHOLD, PURCHASED, PENDING_PAYMENT -> Reason.MEMBERSHIP_ENDED;
        };
    }

    private static Instant first(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
