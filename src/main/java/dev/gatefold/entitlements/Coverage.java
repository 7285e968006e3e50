package dev.gatefold.entitlements;

import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.Source;

/** What a right opens. */
public sealed interface Coverage {
    boolean opens(Article article, Catalog catalog);

    /**
     * The sources that a plan covers.
     *
     * @param plan the slug of a plan, which may no longer be sold
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
     * @param source the slug of the source
     * @param key what all addresses of the article have in common: {@link Article#key}
     * @param name what people are shown: {@link Article#name}
     */
    record ArticleCoverage(String source, String key, String name) implements Coverage {
        @Override
        public boolean opens(Article article, Catalog catalog) {
            return key.equals(article.key())
                    && article.source().map(Source::slug).filter(source::equals).isPresent();
        }
    }
}
