package dev.gatefold.subscriptions;

import dev.gatefold.kernel.Problem;
import dev.gatefold.web.SiteConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
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
    record Portal(URI url) {}

    private final Subscriptions subscriptions;
    private final BillingProvider billing;
    private final Memberships memberships;
    private final SiteConfig site;

    SubscriptionResource(
            Subscriptions subscriptions, BillingProvider billing, Memberships memberships, SiteConfig site) {
        this.subscriptions = subscriptions;
        this.billing = billing;
        this.memberships = memberships;
        this.site = site;
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
        return change(subscription -> {
            if (!subscription.isEnding()) {
                billing.cancel(subscription);
            }
        });
    }

    @DELETE
    @Path("/subscription/cancellation")
    @RunOnVirtualThread
    @Operation(summary = "Go on after all", description = "As long as the period has not ended.")
    @APIResponseSchema(value = Membership.class, responseDescription = "The membership, as it is now")
    @APIResponse(responseCode = "409", description = "no-subscription")
    public Membership resume() {
        return change(subscription -> {
            if (subscription.isEnding()) {
                billing.resume(subscription);
            }
        });
    }

    private Membership change(Consumer<Subscription> change) {
        UUID account = memberships.account();
        // the reader may have been elsewhere since we heard of it last
        billing.refresh(account);
        List<Subscription> live = QuarkusTransaction.requiringNew().call(() -> subscriptions.allLiveOf(account));
        if (live.isEmpty()) {
            throw Problem.conflict(
                    "no-subscription", "There is no subscription", "The account has no live subscription");
        }
        live.forEach(change);
        return memberships.show();
    }

    @POST
    @Path("/portal")
    @RunOnVirtualThread
    @ResponseStatus(201)
    @Operation(
            summary = "Look after means of payment and invoices",
            description = "Answers the address of a hosted page.")
    @APIResponseSchema(value = Portal.class, responseCode = "201", responseDescription = "Where that is done")
    @APIResponse(responseCode = "409", description = "nothing-bought")
    public Portal portal() {
        return new Portal(billing.portal(memberships.account(), site.wholeHome())
                .orElseThrow(() -> Problem.conflict(
                        "nothing-bought", "Nothing has been bought", "The account has never been at a checkout")));
    }
}
