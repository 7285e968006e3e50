package dev.gatefold.subscriptions.membership;

import dev.gatefold.kernel.Identity;
import dev.gatefold.web.http.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

@Path("/v1/me")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Membership")
final class MembershipResource {
    /** Which plan to try; without one, the first that has a free trial. */
    record TrialRequest(@Size(max = 80) String plan) {}

    private final MembershipActions memberships;
    private final SecurityIdentity identity;
    private final Clock clock;

    MembershipResource(MembershipActions memberships, SecurityIdentity identity, Clock clock) {
        this.memberships = memberships;
        this.identity = identity;
        this.clock = clock;
    }

    @GET
    @Path("/membership")
    @Operation(
            summary = "What the caller holds, and until when",
            description = "The trial, the subscription and every right; for whoever has no account, none.")
    public Membership show() {
        return memberships.membershipOf(Caller.of(identity).requireReader(), clock.instant());
    }

    @POST
    @Path("/trial")
    @ResponseStatus(201)
    @Operation(summary = "Start the free trial; no card", description = "Once for each reader, over all plans.")
    @APIResponse(
            responseCode = "201",
            description = "The membership, now with the trial",
            content = @Content(schema = @Schema(implementation = Membership.class)))
    @APIResponse(responseCode = "409", description = "trial-already-used")
    public Membership startTrial(@RequestBody(required = false) @Valid TrialRequest wanted) {
        Identity reader = Caller.of(identity).requireReader();
        Instant now = clock.instant();
        Optional<String> plan = Optional.ofNullable(wanted).map(TrialRequest::plan);
        memberships.startTrial(reader, plan, now);
        return memberships.membershipOf(reader, now);
    }
}
