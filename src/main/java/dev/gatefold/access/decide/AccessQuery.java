package dev.gatefold.access.decide;

import dev.gatefold.access.bypass.Bypasses;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.shares.Shares;
import java.time.Instant;
import java.util.List;

/** One reader's question about some articles, all at one instant. */
public record AccessQuery(Reader reader, List<Article> articles, RequestContext context, Instant at) {
    /** As the law is asked, given what the reader was found to come with. */
    List<PaywallQuery> toPaywallQueries(Bypasses.BypassResult found) {
        return articles.stream()
                .map(article -> new PaywallQuery(
                        article,
                        context.country(),
                        reader.canUseMeter(),
                        found.share().filter(given -> given.matches(article)).map(Shares.SharedArticle::term),
                        found.verifiedCrawler()))
                .toList();
    }
}
