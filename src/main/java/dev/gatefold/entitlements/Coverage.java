package dev.gatefold.entitlements;

import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.Source;

/** What an entitlement opens: the sources of a plan, or one article. */
public sealed interface Coverage {
    /** Returns true if the article is covered according to the catalog. */
    boolean opens(Article article, Catalog catalog);

    /**
     * The sources that a plan covers, as listed in the current catalog.
     *
     * @param plan slug of a plan, which may no longer be sold
     */
    record PlanCoverage(String plan) implements Coverage {
        @Override
        public boolean opens(Article article, Catalog catalog) {
            return article.source().isPresent()
                    && catalog.plan(plan)
                            .filter(it -> it.covers(article.source().get()))
                            .isPresent();
        }
    }

    /**
     * One article.
     *
     * @param source slug of the source
     * @param key equal for all URLs of the article: {@link Article#key}
     * @param name shown to people: {@link Article#name}
     */
    record ArticleCoverage(String source, String key, String name) implements Coverage {
        @Override
        public boolean opens(Article article, Catalog catalog) {
            return key.equals(article.key())
                    && article.source().map(Source::slug).filter(source::equals).isPresent();
        }
    }
}
