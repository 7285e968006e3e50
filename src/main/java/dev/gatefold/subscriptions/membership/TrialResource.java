package dev.gatefold.subscriptions.membership;

import dev.gatefold.kernel.Identity;
import dev.gatefold.web.endpoint.LinkTarget;
import dev.gatefold.web.endpoint.LinkedAs;
import dev.gatefold.web.http.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
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

/** The HTTP endpoint with which a reader starts the free trial. */
@Path("/v1/me/trial")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Membership")
final class TrialResource {
    /**
     * The request to start a trial.
     *
     * @param plan slug of the plan to try; null for the first plan that has a free trial
     */
    record TrialRequest(@Size(max = 80) String plan) {}

    private final StartTrial trials;
    private final Memberships memberships;
    private final SecurityIdentity identity;
    private final Clock clock;

    TrialResource(StartTrial trials, Memberships memberships, SecurityIdentity identity, Clock clock) {
        this.trials = trials;
        this.memberships = memberships;
        this.identity = identity;
        this.clock = clock;
    }

    @POST
    @LinkedAs(LinkTarget.START_TRIAL)
    @ResponseStatus(201)
    @Operation(
            operationId = "startTrial",
            summary = "Start the free trial",
            description = "Needs no payment method. Each reader can use one free trial over all plans.")
    @APIResponse(
            responseCode = "201",
            description = "The membership with the trial",
            content = @Content(schema = @Schema(implementation = Membership.class)))
    @APIResponse(responseCode = "409", description = "trial-already-used, already-subscribed, payment-pending")
    public Membership startTrial(@RequestBody(required = false) @Valid TrialRequest request) {
        Identity reader = Caller.of(identity).requireReader();
        Instant now = clock.instant();
        trials.start(reader, Optional.ofNullable(request).map(TrialRequest::plan), now);
        return memberships.find(reader, now);
    }
}
