package dev.gatefold.pages.links;

import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.SiteConfig;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;

/**
 * Resolves the URLs that readers return to after signing in or paying. Only articles of known sources and the home page
 * are allowed, so that a link or a form cannot redirect to another site.
 */
@Singleton
public class ReturnUrlResolver {
    private final CurrentCatalog catalog;
    private final SiteConfig site;

    ReturnUrlResolver(CurrentCatalog catalog, SiteConfig site) {
        this.catalog = catalog;
        this.site = site;
    }

    /**
     * Returns the canonical URL of an article of a known source, or empty for anything else.
     *
     * @param url as received from the browser; may be null
     */
    public Optional<String> findArticle(String url) {
        try {
            return Optional.ofNullable(url)
                    .map(it -> catalog.get().articleByUrl(it, "article"))
                    .filter(it -> it.source().isPresent())
                    .map(Article::name);
        } catch (Problem e) {
            return Optional.empty();
        }
    }

    /** Returns the URL at which the reader app shows the article, or its home page if there is no article. */
    public URI resolve(Optional<String> article) {
        return site.articleOrHome(article.map(URI::create));
    }
}
