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

@Path("/v1/me/passes")
@Singleton
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Passes")
final class PassesResource {
    /** For whose eyes it is: an edge's, unless said. */
    @Schema(name = "PassRequest")
    record PassRequest(
            @JsonProperty("for") @Schema(enumeration = {"edge", "app"})
            String audience) {}

    /** A pass; {@code offlineUntil} in one for an app, which may rely on it so long if it can reach nobody. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "ReadingPass",
            requiredProperties = {"pass", "expiresAt"})
    record ReadingPass(String pass, Instant expiresAt, Instant offlineUntil) {}

    private final PassIssuer passes;
    private final StandingCache standings;
    private final PassMetrics metrics;
    private final SecurityIdentity identity;
    private final Clock clock;

    PassesResource(
            PassIssuer passes, StandingCache standings, PassMetrics metrics, SecurityIdentity identity, Clock clock) {
        this.passes = passes;
        this.standings = standings;
        this.metrics = metrics;
        this.identity = identity;
        this.clock = clock;
    }

    @POST
    @ResponseStatus(201)
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    @Operation(
            summary = "A signed reading pass",
            description =
                    "A JWS (ES256) of type entitlement+jwt that says what the caller may open by right, for who must "
                            + "decide without asking. The keys are at /.well-known/jwks.json, and what is void before its time at "
                            + "/v1/passes/revocations.")
    @APIResponseSchema(value = ReadingPass.class, responseCode = "201", responseDescription = "The pass")
    @APIResponse(responseCode = "404", description = "no-account")
    @APIResponse(responseCode = "409", description = "nothing-held")
    @APIResponse(responseCode = "503", description = "What is held cannot be looked up now")
    public ReadingPass issue(@RequestBody(required = false) PassRequest wanted) {
        Identity reader = Caller.of(identity).requireReader();
        PassAudience audience = PassAudience.fromClaim(wanted == null ? null : wanted.audience);
        Instant now = clock.instant();
        var issued = passes.issue(standing(reader, now), audience, now);
        metrics.issued(audience);
        return new ReadingPass(
                issued.pass(),
                issued.lifetime().expiresAt(),
                issued.lifetime().offlineUntil().orElse(null));
    }

    /** As it is at this moment: a pass outlives whatever is remembered, and one of an older version would be void. */
    private Standing standing(Identity reader, Instant now) {
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
