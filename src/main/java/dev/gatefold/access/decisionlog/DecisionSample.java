package dev.gatefold.access.decisionlog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.access.Reason;
import dev.gatefold.access.decide.PaywallQuery;
import dev.gatefold.access.meter.Meter;
import dev.gatefold.access.meter.MeterTally;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.entitlements.Coverage;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Term;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A decision as it was made, with all that the law was told: enough to rule again by other policies. It names neither the
 * reader nor the article; whoever also has our key, or the record of reads, could find them out.
 *
 * @param holder a pseudonym; null for somebody of whom nothing is known
 * @param rule the version of the rule that was in force
 */
public record DecisionSample(
        UUID id,
        Instant at,
        AccessOperation call,
        String holder,
        String source,
        int rule,
        Reason reason,
        SampledInput facts) {
    public enum AccessOperation {
        CHECK,
        OPEN
    }

    /** What somebody is, as far as operators tell readers apart. */
    enum ReaderKind {
        MEMBER,
        TRIAL,
        REGISTERED,
        VISITOR
    }

    /**
     * What the law was told.
     *
     * @param account whether there was one
     * @param sharedUntil null where the article was not given away
     * @param period of the meter that was asked; null where none was
     * @param tally what it said; null where it was not asked
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SampledInput(
            String section,
            Instant publishedAt,
            String country,
            boolean mayMeter,
            Instant sharedUntil,
            boolean crawler,
            boolean account,
            List<SampledEntitlement> rights,
            String period,
            MeterTally tally) {
        public static SampledInput of(
                PaywallQuery question, Standing standing, Meter meter, MeterTally tally, Catalog catalog) {
            Article article = question.article();
            return new SampledInput(
                    article.section(),
                    article.publishedAt().orElse(null),
                    question.country().orElse(null),
                    question.canUseMeter(),
                    question.shareTerm().map(Term::end).orElse(null),
                    question.verifiedCrawler(),
                    standing.account().isPresent(),
                    standing.entitlements().stream()
                            .map(right -> SampledEntitlement.of(right, article, catalog))
                            .toList(),
                    meter == null ? null : meter.period(),
                    tally);
        }
    }

    /** A right: to a plan, or to this article, or, with neither, to another one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SampledEntitlement(EntitlementBasis basis, String plan, Boolean thisArticle, Instant from, Instant until) {
        private static final String THIS = "this";

        private static SampledEntitlement of(Entitlement right, Article article, Catalog catalog) {
            Instant from = right.term().from();
            Instant until = right.term().until().orElse(null);
            return switch (right.coverage()) {
                case Coverage.PlanCoverage(String plan) ->
                    new SampledEntitlement(right.basis(), plan, null, from, until);
                case Coverage.ArticleCoverage one ->
                    new SampledEntitlement(right.basis(), null, one.opens(article, catalog) ? true : null, from, until);
            };
        }

        private Entitlement right(String source) {
            Coverage coverage = plan != null
                    ? new Coverage.PlanCoverage(plan)
                    : new Coverage.ArticleCoverage(source, thisArticle == null ? "another" : THIS, THIS);
            return new Entitlement(basis, "", coverage, new Term(from, Optional.ofNullable(until)));
        }
    }

    /** The same question again. */
    @JsonIgnore
    PaywallQuery toPaywallQuery(Catalog catalog) {
        Article article = new Article(
                catalog.source(source),
                SampledEntitlement.THIS,
                SampledEntitlement.THIS,
                facts.section,
                Optional.ofNullable(facts.publishedAt));
        Optional<Term> share = Optional.ofNullable(facts.sharedUntil)
                .filter(at::isBefore)
                .map(until -> new Term(at, Optional.of(until)));
        return new PaywallQuery(article, Optional.ofNullable(facts.country), facts.mayMeter, share, facts.crawler);
    }

    /** What the reader held. */
    @JsonIgnore
    Standing toStanding() {
        List<Entitlement> rights =
                facts.rights.stream().map(held -> held.right(source)).toList();
        return new Standing(Optional.of(new UUID(0, 1)).filter(_ -> facts.account), 0, rights, at, false);
    }

    @JsonIgnore
    ReaderKind readerKind() {
        Set<EntitlementBasis> live =
                toStanding().activeMemberships(at).map(Entitlement::basis).collect(Collectors.toSet());
        if (live.isEmpty()) {
            return facts.account ? ReaderKind.REGISTERED : ReaderKind.VISITOR;
        }
        return live.equals(Set.of(EntitlementBasis.TRIAL)) ? ReaderKind.TRIAL : ReaderKind.MEMBER;
    }
}
