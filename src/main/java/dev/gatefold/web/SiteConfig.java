package dev.gatefold.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Where readers meet us: no header says so, since whoever sends a request writes its headers. */
@ConfigMapping(prefix = "gatefold.site")
public interface SiteConfig {
    /** The address of this service as readers' browsers see it, such as {@code https://gate.example.com}. */
    URI url();

    /** The reader app's page that readers are sent to where no article is kept; relative to {@link #url()}, or whole. */
    @WithDefault("/")
    URI home();

    /** An address of this service, for browsers. */
    default String at(String path) {
        return url().resolve(path).toString();
    }

    /** {@link #home()}, whole. */
    default URI wholeHome() {
        return url().resolve(home());
    }

    /** The article that was kept, or else the home page. */
    default URI backTo(Optional<URI> article) {
        return article.orElseGet(this::wholeHome);
    }
}
