package dev.gatefold.access.decide;

import dev.gatefold.access.DenyReason;
import dev.gatefold.access.GrantReason;
import dev.gatefold.access.bypass.Bypass;
import dev.gatefold.access.decide.Ruling.Denial;
import dev.gatefold.access.decide.Ruling.Grant;
import dev.gatefold.access.decide.Ruling.Ration;
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
 * The decision function: maps a query, a standing, the rules in force and an instant to a ruling. It has no side effects
 * and does no I/O. Entitlements are tried before bypasses, and bypasses before the meter, because only the meter is
 * consumed.
 */
public final class Paywall {
    private final Catalog catalog;
    private final PaywallQuery query;
    private final Article article;
    private final Source source;
    private final Standing standing;
    private final Instant at;
    private final Rule rule;
    private final Policy policy;

    /** First instant at which another rule takes effect or the article's age changes the gate. */
    private final Instant nextRuleChange;

    private Paywall(Catalog catalog, PaywallQuery query, Source source, Standing standing, Instant at) {
        this.catalog = catalog;
        this.query = query;
        this.article = query.article();
        this.source = source;
        this.standing = standing;
        this.at = at;
        SourceRules rules = catalog.rules(source);
        this.rule = rules.effectiveRule(article.section(), at);
        this.policy = rule.policy();
        this.nextRuleChange =
                first(rules.nextChange(article.section(), at), policy.nextAgeThreshold(article.publishedAt(), at));
    }

    /** Decides one query for the holder of a standing at an instant. */
    public static Ruling rule(Catalog catalog, PaywallQuery query, Standing standing, Instant at) {
        Optional<Source> source = query.article().source();
        return source.isPresent()
                ? new Paywall(catalog, query, source.get(), standing, at).rule()
                : new Denial(null, DenyReason.SOURCE_UNKNOWN, Instant.MAX, null);
    }

    private Ruling rule() {
        if (!policy.allowsCountry(query.country())) {
            return new Denial(rule, DenyReason.TERRITORY, nextRuleChange, null);
        }
        return switch (policy.effectiveGate(article.publishedAt(), at)) {
            case OPEN -> grant(GrantReason.OPEN, nextRuleChange);
            case REGISTERED -> registered().or(this::bypassed).orElseGet(() -> deny(DenyReason.SIGN_UP_REQUIRED));
            case METERED -> entitled().or(this::bypassed).orElseGet(this::metered);
            case MEMBERS -> entitled().or(this::bypassed).orElseGet(() -> deny(missingEntitlement()));
        };
    }

    private Optional<Ruling> registered() {
        return standing.account().map(_ -> grant(GrantReason.REGISTERED, nextRuleChange));
    }

    private Optional<Ruling> entitled() {
        return standing.longestActive(this::opens, at).map(entitlement -> {
            Instant change = first(entitlement.term().end(), standing.nextStart(this::opens, at));
            return grant(GrantReason.of(entitlement.basis()), first(change, nextRuleChange));
        });
    }

    private boolean opens(Entitlement entitlement) {
        return opens(entitlement, article, policy, catalog);
    }

    /** Returns true if an entitlement opens an article while its term lasts; the term is not checked. */
    public static boolean opens(Entitlement entitlement, Article article, Policy policy, Catalog catalog) {
        return entitlement.coverage().opens(article, catalog)
                && (entitlement.basis() != EntitlementBasis.TRIAL || policy.opensInTrials());
    }

    private Optional<Ruling> bypassed() {
        for (Bypass bypass : query.bypasses()) {
            if (bypass.opens(article, policy, at)) {
                Instant change = first(bypass.until(), standing.nextStart(this::opens, at));
                return Optional.of(grant(bypass.reason(), first(change, nextRuleChange)));
            }
        }
        return Optional.empty();
    }

    private Ruling metered() {
        return query.canUseMeter() || standing.account().isPresent()
                ? new Ration(
                        rule,
                        policy.window().periodAt(at, source.zone()),
                        policy.allowance(),
                        first(standing.nextChange(at), nextRuleChange))
                : deny(DenyReason.SIGN_UP_REQUIRED);
    }

    private Grant grant(GrantReason reason, Instant nextChange) {
        return new Grant(rule, reason, nextChange, null);
    }

    private Denial deny(DenyReason reason) {
        return new Denial(rule, reason, first(standing.nextChange(at), nextRuleChange), null);
    }

    private DenyReason missingEntitlement() {
        return isEmbargoed() ? DenyReason.EMBARGOED : reasonForMissingEntitlement(standing, at);
    }

    private boolean isEmbargoed() {
        return policy.isEmbargoed(article.publishedAt(), at);
    }

    /** Returns the reason for denying a members-only article to a reader without an entitlement to it. */
    static DenyReason reasonForMissingEntitlement(Standing standing, Instant at) {
        if (standing.account().isEmpty()) {
            return DenyReason.SIGN_UP_REQUIRED;
        }
        if (standing.activeMemberships(at).findAny().isPresent()) {
            return DenyReason.NOT_IN_PLAN;
        }
        return switch (standing.billing()) {
            case PENDING, FIRST_INVOICE_OPEN, PAYMENT_IN_PROGRESS -> DenyReason.PAYMENT_PENDING;
            case CURRENT, OVERDUE, UNCOLLECTED, REVERSED -> DenyReason.PAYMENT_FAILED;
            case PAUSED, RESUMPTION_UNPAID -> DenyReason.PAUSED;
            case NONE -> standing.lastEndedMembership(at).map(Paywall::ended).orElse(DenyReason.MEMBERSHIP_REQUIRED);
        };
    }

    private static DenyReason ended(Entitlement last) {
        return switch (last.basis()) {
            case TRIAL -> DenyReason.TRIAL_ENDED;
            case MEMBER, GRACE, COMPLIMENTARY, GIFT, HOUSEHOLD, PURCHASED, PENDING_PAYMENT ->
                DenyReason.MEMBERSHIP_ENDED;
        };
    }

    private static Instant first(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
