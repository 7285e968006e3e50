package dev.gatefold.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Public URLs of the service and of the reader app. They are settings, because request headers can be forged. */
@ConfigMapping(prefix = "gatefold.site")
public interface SiteConfig {
    /** URL of this service in readers' browsers, such as {@code https://gate.example.com}. */
    URI url();

    /** URL of the start page of the reader app, for readers without an article; may be relative to {@link #url()}. */
    @WithDefault("/")
    URI home();

    /**
     * Origins whose pages may call the service from a browser, such as {@code https://app.example.com}, separated by
     * commas. The origin of {@link #url()} is always allowed; by default no other is.
     */
    Optional<Set<String>> origins();

    /** Returns the public URL of a path of this service. */
    default String absoluteUrl(String path) {
        return url().resolve(path).toString();
    }

    /** Returns {@link #home()} as an absolute URL. */
    default URI absoluteHome() {
        return url().resolve(home());
    }

    /**
     * URL of the reader app's page for an article, in which {@code {url}} stands for the URL of the article; may be relative
     * to {@link #url()}. By default readers return to the URL of the article itself.
     */
    Optional<String> article();

    /** Returns the page that shows an article, or the start page if there is none. */
    default URI articleOrHome(Optional<URI> article) {
        return article.map(this::pageOf).orElseGet(this::absoluteHome);
    }

    private URI pageOf(URI article) {
        return article()
                .map(page -> url().resolve(
                                page.replace("{url}", URLEncoder.encode(article.toString(), StandardCharsets.UTF_8))))
                .orElse(article);
    }
}
