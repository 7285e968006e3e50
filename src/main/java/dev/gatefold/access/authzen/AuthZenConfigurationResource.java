package dev.gatefold.access.authzen;

import dev.gatefold.web.SiteConfig;
import dev.gatefold.web.endpoint.RateLimitExempt;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Publishes the metadata of the AuthZEN endpoints. */
@Path("/.well-known/authzen-configuration")
@RateLimitExempt
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
final class AuthZenConfigurationResource {
    private final SiteConfig site;

    AuthZenConfigurationResource(SiteConfig site) {
        this.site = site;
    }

    @GET
    @Operation(
            operationId = "getAuthZenConfiguration",
            summary = "Get the AuthZEN metadata",
            description = "Returns the URLs of the AuthZEN endpoints.")
    public AuthZen.AuthZenMetadata metadata() {
        return new AuthZen.AuthZenMetadata(
                site.url().toString(),
                site.absoluteUrl("/access/v1/evaluation"),
                site.absoluteUrl("/access/v1/evaluations"));
    }
}
