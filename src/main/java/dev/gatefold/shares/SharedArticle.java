package dev.gatefold.shares;

import dev.gatefold.access.GrantReason;
import dev.gatefold.access.bypass.Bypass;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.kernel.Term;
import java.time.Instant;

/**
 * The article that a share link opens, and for how long. It does not open articles under embargo.
 *
 * @param source slug of the source
 * @param articleKey key of the article within the source
 */
public record SharedArticle(String source, String articleKey, Term term) implements Bypass {
    @Override
    public GrantReason reason() {
        return GrantReason.SHARED_LINK;
    }

    @Override
    public Instant until() {
        return term.end();
    }

    @Override
    public boolean opens(Article article, Policy policy, Instant at) {
        return matches(article) && term.contains(at) && !policy.isEmbargoed(article.publishedAt(), at);
    }

    /** Returns true if an article is the shared one. */
    public boolean matches(Article article) {
        return articleKey.equals(article.key())
                && article.source().map(Source::slug).filter(source::equals).isPresent();
    }
}
