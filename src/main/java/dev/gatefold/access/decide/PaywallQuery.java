package dev.gatefold.access.decide;

import dev.gatefold.catalog.model.Article;
import dev.gatefold.kernel.Term;
import java.util.Optional;

/**
 * May somebody open this article? All that the law is told, but for what the reader holds.
 *
 * @param country where the reader is: ISO 3166-1 alpha-2, lower case; empty where nobody says
 * @param canUseMeter false for a visitor from where too many new ones come
 * @param shareTerm for how long somebody has given the article away to this reader
 * @param verifiedCrawler whether a search engine asks that has proved to be one
 */
public record PaywallQuery(
        Article article,
        Optional<String> country,
        boolean canUseMeter,
        Optional<Term> shareTerm,
        boolean verifiedCrawler) {
    /** Of somebody who comes with nothing but themselves. */
    public static PaywallQuery withoutBypass(Article article) {
        return new PaywallQuery(article, Optional.empty(), true, Optional.empty(), false);
    }
}
