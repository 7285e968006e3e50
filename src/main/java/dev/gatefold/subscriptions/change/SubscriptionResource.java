package dev.gatefold.subscriptions.change;

import dev.gatefold.kernel.Identity;
import dev.gatefold.subscriptions.membership.Membership;
import dev.gatefold.subscriptions.membership.MembershipActions;
import dev.gatefold.web.SiteConfig;
import dev.gatefold.web.http.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

@Path("/v1/me")
@Singleton
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Membership")
class SubscriptionResource {
    record PortalSession(URI url) {}

    private final MembershipActions memberships;
    private final SiteConfig site;
    private final SecurityIdentity identity;
    private final Clock clock;

    SubscriptionResource(MembershipActions memberships, SiteConfig site, SecurityIdentity identity, Clock clock) {
        this.memberships = memberships;
        this.site = site;
        this.identity = identity;
        this.clock = clock;
    }

    @PUT
    @Path("/subscription/cancellation")
    @RunOnVirtualThread
    @Operation(
            summary = "Cancel at the end of the period",
            description = "Access is kept until then. Again, it changes nothing.")
    @APIResponseSchema(value = Membership.class, responseDescription = "The membership, as it is now")
    @APIResponse(responseCode = "409", description = "no-subscription")
    public Membership cancel() {
        Identity reader = Caller.of(identity).requireReader();
        memberships.cancel(reader, clock.instant());
        return memberships.membershipOf(reader, clock.instant());
    }

    @DELETE
    @Path("/subscription/cancellation")
    @RunOnVirtualThread
    @Operation(summary = "Go on after all", description = "As long as the period has not ended.")
    @APIResponseSchema(value = Membership.class, responseDescription = "The membership, as it is now")
    @APIResponse(responseCode = "409", description = "no-subscription")
    public Membership resume() {
        Identity reader = Caller.of(identity).requireReader();
        memberships.undoCancellation(reader, clock.instant());
        return memberships.membershipOf(reader, clock.instant());
    }

    @POST
    @Path("/portal")
    @RunOnVirtualThread
    @ResponseStatus(201)
    @Operation(
            summary = "Look after means of payment and invoices",
            description = "Answers the address of a hosted page.")
    @APIResponseSchema(value = PortalSession.class, responseCode = "201", responseDescription = "Where that is done")
    @APIResponse(responseCode = "409", description = "nothing-bought")
    public PortalSession portal() {
        Identity reader = Caller.of(identity).requireReader();
        return new PortalSession(memberships.portalUrl(reader, site.absoluteHome(), clock.instant()));
    }
}
