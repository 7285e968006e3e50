package dev.gatefold.pages;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What an operator sets about the pages. */
@ConfigMapping(prefix = "gatefold.pages")
public interface PagesConfig {
    /** The client as which the pages sign readers in at the OIDC issuer: by authorization code, with PKCE. */
    @WithDefault("gatefold")
    String clientId();

    /** Of a confidential client; a public one has none. */
    Optional<String> clientSecret();

    /** How long a browser stays signed in. */
    @WithDefault("P30D")
    Duration sessionLifetime();
}
