package dev.gatefold.pages.signin;

import dev.gatefold.web.SiteConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Moves a sign-in that starts on another host name of the service to the configured one. The issuer returns there, and the
 * cookies of another host would be missing.
 */
@Singleton
class SignInHost {
    /** Ends an endless redirect if a proxy replaces the {@code Host} header. */
    static final String MOVED = "moved";

    private final SiteConfig site;

    SignInHost(SiteConfig site) {
        this.site = site;
    }

    /**
     * Returns the URL on the configured host; empty if the request came there, or has been moved before.
     *
     * @param parameters query parameters to keep; null values are left out
     */
    Optional<URI> redirectTarget(HttpServerRequest request, Map<String, String> parameters) {
        HostAndPort host = request.authority();
        if (host == null || host.host().equalsIgnoreCase(site.url().getHost()) || request.getParam(MOVED) != null) {
            return Optional.empty();
        }
        UriBuilder url = UriBuilder.fromUri(site.absoluteUrl(request.path())).queryParam(MOVED, "1");
        Map<String, Object> values = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (value != null) {
                url.queryParam(name, "{" + name + "}");
                values.put(name, value);
            }
        });
        return Optional.of(url.buildFromMap(values));
    }
}
