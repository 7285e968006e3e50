package dev.gatefold.pages.session;

import dev.gatefold.pages.PagesConfig;
import dev.gatefold.web.SiteConfig;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Ends the session at the OpenID Connect issuer when a reader signs out (RP-Initiated Logout 1.0). */
@Singleton
public class IssuerLogout {
    /** Path to which the issuer returns the reader. */
    public static final String RETURN_PATH = "/signed-out";

    private final IssuerEndpoints issuer;
    private final PagesConfig config;
    private final SiteConfig site;

    IssuerLogout(IssuerEndpoints issuer, PagesConfig config, SiteConfig site) {
        this.issuer = issuer;
        this.config = config;
        this.site = site;
    }

    /**
     * Returns the URL of the issuer that ends its session; empty if the issuer has no such endpoint.
     *
     * @param idToken tells the issuer which session to end; without it, the issuer may ask the reader to confirm
     */
    public Optional<URI> url(Optional<String> idToken) {
        return issuer.endSession().map(endpoint -> {
            UriBuilder url = UriBuilder.fromUri(endpoint)
                    .queryParam("client_id", config.clientId())
                    .queryParam("post_logout_redirect_uri", site.absoluteUrl(RETURN_PATH));
            return idToken.map(it -> url.queryParam("id_token_hint", it))
                    .orElse(url)
                    .build();
        });
    }

    /**
     * Returns the origins of other sites that a sign-out leads to. The sign-out form must be allowed to redirect there,
     * because browsers apply {@code form-action} to every redirect.
     */
    public Set<String> origins() {
        Set<String> origins = new TreeSet<>();
        issuer.endSession().ifPresent(endpoint -> origins.add(origin(endpoint)));
        origins.add(origin(site.absoluteHome()));
        origins.remove(origin(site.url()));
        return origins;
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
