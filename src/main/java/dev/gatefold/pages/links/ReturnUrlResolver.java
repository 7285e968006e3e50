package dev.gatefold.pages.links;

import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.SiteConfig;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;

/** Where readers are led back to: to an article of a source, and to nothing else that an address or a form may say. */
@Singleton
public class ReturnUrlResolver {
    private final CurrentCatalog catalog;
    private final SiteConfig site;

    ReturnUrlResolver(CurrentCatalog catalog, SiteConfig site) {
        this.catalog = catalog;
        this.site = site;
    }

    /** The article's own address; empty where it is none that we know. */
    public Optional<String> findArticle(String said) {
        try {
            return Optional.ofNullable(said)
                    .map(url -> catalog.get().articleByUrl(url, "article"))
                    .filter(it -> it.source().isPresent())
                    .map(Article::name);
        } catch (Problem e) {
            return Optional.empty();
        }
    }

    /** Where the reader app shows an article that was kept, or else its front page. */
    public URI resolve(Optional<String> article) {
        return site.articleOrHome(article.map(URI::create));
    }
}
