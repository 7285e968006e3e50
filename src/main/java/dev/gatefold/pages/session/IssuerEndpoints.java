package dev.gatefold.pages.session;

import dev.gatefold.kernel.Problem;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.runtime.TenantConfigBean;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;

/** Endpoints of the OpenID Connect issuer, from its discovery document. */
@Singleton
public class IssuerEndpoints {
    private final TenantConfigBean tenants;

    IssuerEndpoints(TenantConfigBean tenants) {
        this.tenants = tenants;
    }

    /**
     * Returns the authorization endpoint.
     *
     * @throws Problem 503 if the issuer has been unreachable since the start of this replica
     */
    public URI authorization() {
        return URI.create(require().getAuthorizationUri());
    }

    /**
     * Returns the token endpoint.
     *
     * @throws Problem 503 if the issuer has been unreachable since the start of this replica
     */
    public URI token() {
        return URI.create(require().getTokenUri());
    }

    /** Returns the endpoint that ends a session at the issuer; empty if the issuer has none, or is not known yet. */
    public Optional<URI> endSession() {
        return metadata().map(OidcConfigurationMetadata::getEndSessionUri).map(URI::create);
    }

    private OidcConfigurationMetadata require() {
        return metadata().orElseThrow(() -> Problem.unavailable("issuer"));
    }

    // The injectable OidcConfigurationMetadata throws until the issuer has been reached once
    private Optional<OidcConfigurationMetadata> metadata() {
        return Optional.ofNullable(tenants.getDefaultTenant().getOidcMetadata());
    }
}
