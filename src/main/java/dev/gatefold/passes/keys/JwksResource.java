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
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;

@Path("/.well-known/jwks.json")
@RateLimitExempt
@Singleton
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Passes")
final class JwksResource {
    /** A key set (RFC 7517). */
    record JwkSet(List<Jwk> keys) {}

    /** One key, as everybody may know it: nothing else of it is ever written. */
    record Jwk(String kty, String crv, String x, String y, String kid, String use, String alg) {
        static Jwk of(PassSigningKey key) {
            var members = key.pair().toParams(OutputControlLevel.PUBLIC_ONLY);
            return new Jwk(
                    (String) members.get("kty"),
                    (String) members.get("crv"),
                    (String) members.get("x"),
                    (String) members.get("y"),
                    (String) members.get("kid"),
                    (String) members.get("use"),
                    (String) members.get("alg"));
        }
    }

    private final PassKeyRing keys;
    private final Clock clock;

    JwksResource(PassKeyRing keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @GET
    @ResponseHeader(name = "Cache-Control", value = "public, max-age=300")
    @Operation(
            summary = "The keys that passes are signed with",
            description = "A key stands here a day before it signs, and for as long as anything that it signed lives. "
                    + "Fetch them again when a pass names one that is not known.")
    public JwkSet show() {
        return new JwkSet(
                keys.publishedKeys(clock.instant()).stream().map(Jwk::of).toList());
    }
}
