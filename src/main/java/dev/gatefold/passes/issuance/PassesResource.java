package dev.gatefold.passes.issuance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.accounts.account.NoAccountProblem;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.entitlements.StandingCache;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.passes.claims.PassAudience;
import dev.gatefold.web.http.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Issues reading passes to signed-in readers. */
@Path("/v1/me/passes")
@Singleton
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Passes")
final class PassesResource {
    /** The kind of verifier that the pass is for; {@code edge} by default. */
    @Schema(name = "PassRequest")
    record PassRequest(
            @JsonProperty("for") @Schema(enumeration = {"edge", "app"})
            String audience) {}

    /**
     * A reading pass.
     *
     * @param pass compact serialisation of the JWS
     * @param offlineUntil until when an app without a network connection may rely on the pass; null for an edge worker
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "ReadingPass",
            requiredProperties = {"pass", "expiresAt"})
    record ReadingPass(String pass, Instant expiresAt, Instant offlineUntil) {}

    private final PassIssuer issuer;
    private final StandingCache standings;
    private final PassMetrics metrics;
    private final SecurityIdentity identity;
    private final Clock clock;

    PassesResource(
            PassIssuer issuer, StandingCache standings, PassMetrics metrics, SecurityIdentity identity, Clock clock) {
        this.issuer = issuer;
        this.standings = standings;
        this.metrics = metrics;
        this.identity = identity;
        this.clock = clock;
    }

    @POST
    @ResponseStatus(201)
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    @Operation(
            operationId = "issuePass",
            summary = "Issue a reading pass",
            description =
                    "Returns a JWS (ES256, type entitlement+jwt) that lists the sources to which the caller is entitled, "
                            + "so that an edge worker or an app can decide without calling the API. Verify it with the "
                            + "keys at /.well-known/jwks.json, and poll /v1/passes/revocations for passes that are "
                            + "revoked before they expire.")
    @APIResponseSchema(value = ReadingPass.class, responseCode = "201", responseDescription = "The pass")
    @APIResponse(responseCode = "404", description = "no-account")
    @APIResponse(responseCode = "409", description = "nothing-held: the account has no entitlement")
    @APIResponse(responseCode = "503", description = "The database is unavailable")
    public ReadingPass issuePass(@RequestBody(required = false) PassRequest request) {
        Identity reader = Caller.of(identity).requireReader();
        PassAudience audience = PassAudience.fromRequest(request == null ? null : request.audience);
        Instant now = clock.instant();
        SignedPass signed = issuer.issue(currentStanding(reader, now), audience, now);
        metrics.countIssued(audience);
        return new ReadingPass(
                signed.compactJws(),
                signed.lifetime().expiresAt(),
                signed.lifetime().offlineUntil().orElse(null));
    }

    /** Returns the standing as it is in the database: a pass made from an older version would be revoked at once. */
    private Standing currentStanding(Identity reader, Instant now) {
        Standing standing = standings.reload(reader, now);
        if (standing.stale()) {
            throw Problem.unavailable("database");
        }
        if (standing.account().isEmpty()) {
            throw NoAccountProblem.create();
        }
        return standing;
    }
}
