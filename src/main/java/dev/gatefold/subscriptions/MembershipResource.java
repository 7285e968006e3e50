package dev.gatefold.subscriptions;

import dev.gatefold.accounts.Account;
import dev.gatefold.accounts.Accounts;
import dev.gatefold.accounts.NoAccount;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.entitlements.Standings;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.Caller;
import io.quarkus.narayana.jta.QuarkusTransaction;
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
    record TrialWanted(@Size(max = 80) String plan) {}

    private final StartTrial startTrial;
    private final Accounts accounts;
    private final Standings standings;
    private final SecurityIdentity identity;
    private final Clock clock;

    MembershipResource(
            StartTrial startTrial, Accounts accounts, Standings standings, SecurityIdentity identity, Clock clock) {
        this.startTrial = startTrial;
        this.accounts = accounts;
        this.standings = standings;
        this.identity = identity;
        this.clock = clock;
    }

    @GET
    @Path("/membership")
    @Operation(summary = "What the caller holds, and until when")
    public Membership show() {
        return membership(reader(), clock.instant());
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
    public Membership startTrial(@RequestBody(required = false) @Valid TrialWanted wanted) {
        Identity reader = reader();
        Instant now = clock.instant();
        Optional<String> plan = Optional.ofNullable(wanted).map(TrialWanted::plan);
        QuarkusTransaction.requiringNew().run(() -> {
            Account account = accounts.of(reader).orElseThrow(NoAccount::problem);
            startTrial.start(account, plan, now);
        });
        return membership(reader, now);
    }

    private Identity reader() {
        return Caller.of(identity).requireReader();
    }

    private Membership membership(Identity reader, Instant at) {
        Standing standing = standings.reloaded(reader, at);
        if (standing.stale()) {
            throw Problem.unavailable("database");
        }
        if (standing.account().isEmpty()) {
            throw NoAccount.problem();
        }
        return Membership.of(standing, at);
    }
}
