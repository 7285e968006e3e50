package dev.gatefold.subscriptions.change;

import dev.gatefold.kernel.Identity;
import dev.gatefold.subscriptions.membership.Membership;
import dev.gatefold.subscriptions.membership.Memberships;
import dev.gatefold.subscriptions.model.PortalFlow;
import dev.gatefold.web.SiteConfig;
import dev.gatefold.web.endpoint.LinkTarget;
import dev.gatefold.web.endpoint.LinkedAs;
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

/** The HTTP endpoints with which a reader cancels a subscription and opens the billing portal. */
@Path("/v1/me")
@Singleton
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Membership")
class SubscriptionResource {
    record PortalSession(URI url) {}

    private final Cancellation cancellation;
    private final SubscriptionResumption resumption;
    private final BillingPortal portal;
    private final Memberships memberships;
    private final SiteConfig site;
    private final SecurityIdentity identity;
    private final Clock clock;

    SubscriptionResource(
            Cancellation cancellation,
            SubscriptionResumption resumption,
            BillingPortal portal,
            Memberships memberships,
            SiteConfig site,
            SecurityIdentity identity,
            Clock clock) {
        this.cancellation = cancellation;
        this.resumption = resumption;
        this.portal = portal;
        this.memberships = memberships;
        this.site = site;
        this.identity = identity;
        this.clock = clock;
    }

    @PUT
    @Path("/subscription/cancellation")
    @RunOnVirtualThread
    @Operation(
            operationId = "cancelSubscription",
            summary = "Cancel the subscription at the end of the period",
            description =
                    "Cancels all subscriptions of the account. Access continues until the end of the paid period. A "
                            + "subscription whose current period is not paid ends immediately, and its open invoices are voided. "
                            + "Repeating the request changes nothing.")
    @APIResponseSchema(value = Membership.class, responseDescription = "The updated membership")
    @APIResponse(responseCode = "409", description = "no-subscription, managed-by-schedule, cancellation-refused")
    public Membership cancelSubscription() {
        Identity reader = Caller.of(identity).requireReader();
        cancellation.cancel(reader, clock.instant());
        return memberships.find(reader, clock.instant());
    }

    @DELETE
    @Path("/subscription/cancellation")
    @RunOnVirtualThread
    @Operation(
            operationId = "undoCancellation",
            summary = "Undo a scheduled cancellation",
            description =
                    "Possible until the end of the paid period. The subscription then renews again, at its current "
                            + "price: a planned change that the cancellation removed does not come back. Resumes a paused "
                            + "subscription.")
    @APIResponseSchema(value = Membership.class, responseDescription = "The updated membership")
    @APIResponse(
            responseCode = "409",
            description = "no-subscription, payment-method-required, managed-by-schedule, cancellation-refused")
    public Membership undoCancellation() {
        Identity reader = Caller.of(identity).requireReader();
        resumption.resume(reader, clock.instant());
        return memberships.find(reader, clock.instant());
    }

    @POST
    @Path("/portal")
    @LinkedAs(LinkTarget.BILLING_PORTAL)
    @RunOnVirtualThread
    @ResponseStatus(201)
    @Operation(
            operationId = "createPortalSession",
            summary = "Open the billing portal",
            description =
                    "Returns the URL of a hosted page on which the reader manages payment methods and invoices, as "
                            + "the customer who holds the live subscription.")
    @APIResponseSchema(value = PortalSession.class, responseCode = "201", responseDescription = "URL of the portal")
    @APIResponse(responseCode = "409", description = "nothing-bought")
    public PortalSession createPortalSession() {
        Identity reader = Caller.of(identity).requireReader();
        return new PortalSession(portal.url(reader, PortalFlow.OVERVIEW, site.absoluteHome(), clock.instant()));
    }
}
