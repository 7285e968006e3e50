package dev.gatefold.passes.keys;

import dev.gatefold.web.endpoint.RateLimitExempt;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/** Publishes the keys with which verifiers check passes. */
@Path("/.well-known/jwks.json")
@RateLimitExempt
@Singleton
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Passes")
final class JwksResource {
    /** A JSON Web Key Set (RFC 7517). */
    record JwkSet(List<Jwk> keys) {}

    private final PassKeyRing keys;
    private final Clock clock;

    JwksResource(PassKeyRing keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @GET
    @ResponseHeader(name = "Cache-Control", value = "public, max-age=300")
    @Operation(
            operationId = "getJwkSet",
            summary = "Get the keys that verify passes",
            description = "A key is published one day before it signs, and until the last pass that it signed has "
                    + "expired. Fetch the set again if a pass names an unknown kid.")
    public JwkSet getJwkSet() {
        return new JwkSet(
                keys.publishedKeys(clock.instant()).stream().map(Jwk::of).toList());
    }
}
