package dev.gatefold.decisionlog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.access.bypass.Bypass;
import dev.gatefold.access.decide.ArticleRuling;
import dev.gatefold.access.decide.PaywallQuery;
import dev.gatefold.access.decide.Rulings;
import dev.gatefold.access.meter.Meter;
import dev.gatefold.access.meter.MeterTally;
import dev.gatefold.bots.VerifiedCrawler;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Term;
import dev.gatefold.shares.SharedArticle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Input of the decision function for one decision, without the names of the reader and the article.
 *
 * @param publishedAt null if unknown
 * @param country ISO 3166-1 alpha-2, lower case; null if unknown
 * @param mayMeter false for visitors from a network that requested too many visitor tokens
 * @param sharedUntil end of the share link to this article; null if there was none
 * @param crawler whether the reader was a verified search engine crawler
 * @param account whether the reader had an account
 * @param rights entitlements of the reader
 * @param period period of the meter; null if no meter was read
 * @param tally state of the meter before the decision; null if no meter was read
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
    private static final UUID ANY_ACCOUNT = new UUID(0, 1);

    static SampledInput of(Rulings rulings, ArticleRuling ruled, Meter meter) {
        PaywallQuery query = ruled.query();
        Article article = query.article();
        Standing standing = rulings.standing();
        return new SampledInput(
                article.section(),
                article.publishedAt().orElse(null),
                query.country().orElse(null),
                query.canUseMeter(),
                sharedUntil(query).orElse(null),
                query.bypasses().stream().anyMatch(VerifiedCrawler.class::isInstance),
                standing.account().isPresent(),
                standing.entitlements().stream()
                        .map(it -> SampledEntitlement.of(it, article, rulings.catalog()))
                        .toList(),
                meter == null ? null : meter.period(),
                ruled.tally());
    }

    private static Optional<Instant> sharedUntil(PaywallQuery query) {
        return query.bypasses().stream()
                .filter(it -> it instanceof SharedArticle shared && shared.matches(query.article()))
                .map(Bypass::until)
                .findFirst();
    }

    /** Returns the query again, about an article of the source with a substitute name. */
    PaywallQuery toPaywallQuery(Catalog catalog, String source, Instant at) {
        Article article = new Article(
                catalog.source(source),
                SampledEntitlement.THIS_ARTICLE,
                SampledEntitlement.THIS_ARTICLE,
                section,
                Optional.ofNullable(publishedAt));
        List<Bypass> bypasses = new ArrayList<>();
        if (sharedUntil != null && at.isBefore(sharedUntil)) {
            Term term = new Term(at, Optional.of(sharedUntil));
            bypasses.add(new SharedArticle(source, SampledEntitlement.THIS_ARTICLE, term));
        }
        if (crawler) {
            bypasses.add(new VerifiedCrawler());
        }
        return new PaywallQuery(article, Optional.ofNullable(country), mayMeter, bypasses);
    }

    /** Returns the standing again, with a substitute account. */
    Standing toStanding(String source, Instant at) {
        List<Entitlement> entitlements =
                rights.stream().map(it -> it.toEntitlement(source)).toList();
        return new Standing(Optional.of(ANY_ACCOUNT).filter(_ -> account), 0, entitlements, at, false);
    }
}
