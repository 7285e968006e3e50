package dev.gatefold.subscriptions.membership;

import dev.gatefold.web.http.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/** The HTTP endpoint that returns the caller's membership. */
@Path("/v1/me/membership")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Membership")
final class MembershipResource {
    private final Memberships memberships;
    private final SecurityIdentity identity;
    private final Clock clock;

    MembershipResource(Memberships memberships, SecurityIdentity identity, Clock clock) {
        this.memberships = memberships;
        this.identity = identity;
        this.clock = clock;
    }

    @GET
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    @Operation(
            operationId = "getMembership",
            summary = "Retrieve the membership",
            description = "Returns the state of the caller's membership with the trial, the subscription and all "
                    + "entitlements. 404 if the caller has no account.")
    public Membership getMembership() {
        return memberships.find(Caller.of(identity).requireReader(), clock.instant());
    }
}
