package dev.gatefold.pages;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the pages. */
@ConfigMapping(prefix = "gatefold.pages")
public interface PagesConfig {
    /** Client ID of the pages at the OpenID Connect issuer. Readers sign in by authorization code with PKCE. */
    @WithDefault("gatefold")
    String clientId();

    /** Client secret of the pages; not set for a public client. */
    Optional<String> clientSecret();

    /** Lifetime of a browser session, after which the reader signs in again. */
    @WithDefault("P30D")
    Duration sessionLifetime();
}
