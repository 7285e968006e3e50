package dev.gatefold.access;

import dev.gatefold.access.Ruling.Ration;
import dev.gatefold.access.Ruling.Verdict;
import dev.gatefold.catalog.Article;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.Policy;
import dev.gatefold.catalog.Rule;
import dev.gatefold.catalog.Rules;
import dev.gatefold.catalog.Source;
import dev.gatefold.entitlements.Basis;
import dev.gatefold.entitlements.Right;
import dev.gatefold.entitlements.Standing;
import java.time.Instant;
import java.util.Optional;

/**
 * The law of the wall: a pure function of the question, what the reader holds, the rules in force, and the instant. A
 * right is looked for before a favour, and a favour before a ration, since only rations are spent.
 */
final class Paywall {
    private final Catalog catalog;
    private final Question question;
    private final Article article;
    private final Source source;
    private final Standing standing;
    private final Instant at;
    private final Policy policy;

    /** When the rules in force or the article's age change by themselves. */
    private final Instant lawChanges;

    private Paywall(Catalog catalog, Question question, Source source, Standing standing, Instant at) {
        this.catalog = catalog;
        this.question = question;
        this.article = question.article();
        this.source = source;
        this.standing = standing;
        this.at = at;
        Rules rules = catalog.rules(source);
        Rule rule = rules.inForce(article.section(), at);
        this.policy = rule.policy();
        this.lawChanges = first(rules.nextChange(article.section(), at), policy.nextAge(article.publishedAt(), at));
    }

    static Ruling rule(Catalog catalog, Question question, Standing standing, Instant at) {
        return question.article()
                .source()
                .map(source -> new Paywall(catalog, question, source, standing, at).rule())
                .orElseGet(() -> Verdict.of(Reason.SOURCE_UNKNOWN, Instant.MAX));
    }

    private Ruling rule() {
        if (!policy.mayBeReadIn(question.country())) {
            return Verdict.of(Reason.TERRITORY, lawChanges);
        }
        return switch (policy.gateFor(article.publishedAt(), at)) {
            case OPEN -> Verdict.of(Reason.OPEN, lawChanges);
            case REGISTERED -> registered().or(this::favoured).orElseGet(() -> denied(Reason.SIGN_UP_REQUIRED));
            case METERED -> entitled().or(this::favoured).orElseGet(this::rationed);
            case MEMBERS -> entitled().or(this::favoured).orElseGet(() -> denied(whyNot()));
        };
    }

    private Optional<Ruling> registered() {
        return standing.account().map(_ -> Verdict.of(Reason.REGISTERED, lawChanges));
    }

    private Optional<Ruling> entitled() {
        return standing.longest(this::opens, at).map(right -> {
            Instant rightChanges = first(right.term().end(), standing.nextBeginning(this::opens, at));
            return Verdict.of(Reason.of(right.basis()), first(rightChanges, lawChanges));
        });
    }

    private boolean opens(Right right) {
        return opens(right, article, policy, catalog);
    }

    /** Whether a right opens an article, as long as it lasts. */
    static boolean opens(Right right, Article article, Policy policy, Catalog catalog) {
        return right.coverage().opens(article, catalog) && (right.basis() != Basis.TRIAL || policy.opensInTrials());
    }

    /** By what the reader does not hold, but comes with. What is for members only yet is nobody's to give away. */
    private Optional<Ruling> favoured() {
        if (question.share().filter(term -> term.contains(at)).isPresent() && !isEmbargoed()) {
            return Optional.of(
                    granted(Reason.SHARED_LINK, question.share().get().end()));
        }
        return question.crawler() && policy.admitsCrawlers()
                ? Optional.of(granted(Reason.CRAWLER, Instant.MAX))
                : Optional.empty();
    }

    private Ruling granted(Reason reason, Instant until) {
        return Verdict.of(reason, first(until, first(standing.nextBeginning(this::opens, at), lawChanges)));
    }

    private Ruling rationed() {
        return question.mayMeter() || standing.account().isPresent()
                ? new Ration(
                        policy.window().at(at, source.zone()),
                        policy.allowance(),
                        first(standing.nextChange(at), lawChanges))
                : denied(Reason.SIGN_UP_REQUIRED);
    }

    private Ruling denied(Reason reason) {
        return Verdict.of(reason, first(standing.nextChange(at), lawChanges));
    }

    private Reason whyNot() {
        return isEmbargoed() ? Reason.EMBARGOED : lack(standing, at);
    }

    private boolean isEmbargoed() {
        return policy.isEmbargoed(article.publishedAt(), at);
    }

    /** Why a reader who holds no right to an article holds none. */
    static Reason lack(Standing standing, Instant at) {
        if (standing.account().isEmpty()) {
            return Reason.SIGN_UP_REQUIRED;
        }
        if (standing.memberships(at).findAny().isPresent()) {
            return Reason.NOT_IN_PLAN;
        }
        if (standing.owes(at)) {
            return Reason.PAYMENT_FAILED;
        }
        return standing.lastMembership(at).map(Paywall::ended).orElse(Reason.MEMBERSHIP_REQUIRED);
    }

    private static Reason ended(Right last) {
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
