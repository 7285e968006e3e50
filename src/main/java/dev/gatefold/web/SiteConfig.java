package dev.gatefold.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Where readers meet us: no header says so, since whoever sends a request writes its headers. */
@ConfigMapping(prefix = "gatefold.site")
public interface SiteConfig {
    /** The address of this service as readers' browsers see it, such as {@code https://gate.example.com}. */
    URI url();

    /** The reader app's page that readers are sent to where no article is kept; relative to {@link #url()}, or whole. */
    @WithDefault("/")
    URI home();

    /**
     * Whose pages may call the service from a browser, such as {@code https://app.example.com}: exact origins, with commas
     * between them. The service's own always may, and unless set no other.
     */
    Optional<Set<String>> origins();

    /** An address of this service, for browsers. */
    default String absoluteUrl(String path) {
        return url().resolve(path).toString();
    }

    /** {@link #home()}, whole. */
    default URI absoluteHome() {
        return url().resolve(home());
    }

    /**
     * Where the reader app shows an article, with {@code {url}} in the place of the article's own address; relative to
     * {@link #url()}, or whole. Readers are led back to the article's own address, unless set.
     */
    Optional<String> article();

    /** The article that was kept, or else the home page. */
    default URI articleOrHome(Optional<URI> kept) {
        return kept.map(this::shown).orElseGet(this::absoluteHome);
    }

    private URI shown(URI address) {
        return article()
                .map(page -> url().resolve(
                                page.replace("{url}", URLEncoder.encode(address.toString(), StandardCharsets.UTF_8))))
                .orElse(address);
    }
}
