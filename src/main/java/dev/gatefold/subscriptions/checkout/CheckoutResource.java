package dev.gatefold.subscriptions.checkout;

import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.membership.MembershipActions;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.web.http.Caller;
import dev.gatefold.web.http.IdempotencyKey;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/v1/me/checkout")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Membership")
class CheckoutResource {
    /** A plan at one of its prices, and the address of the article to come back to, if there is one. */
    @Schema(name = "CheckoutRequest")
    record CheckoutRequest(
            @NotBlank @Size(max = 80) String plan,
            @NotNull BillingInterval interval,
            @Size(max = 4096) String article) {}

    /** Where to pay; {@code sessionId} comes back with the reader. */
    @Schema(requiredProperties = {"url", "sessionId"})
    record CreatedCheckout(URI url, String sessionId) {}

    private final MembershipActions memberships;
    private final CurrentCatalog catalog;
    private final SecurityIdentity identity;
    private final Clock clock;

    CheckoutResource(MembershipActions memberships, CurrentCatalog catalog, SecurityIdentity identity, Clock clock) {
        this.memberships = memberships;
        this.catalog = catalog;
        this.identity = identity;
        this.clock = clock;
    }

    @POST
    @Authenticated
    @RunOnVirtualThread
    @ResponseStatus(201)
    @Operation(
            summary = "Begin to pay for a plan",
            description = "Answers the address of a hosted page. What is left of the free trial stays free. "
                    + "The reader comes back to the article, if one is given.")
    @APIResponseSchema(value = CreatedCheckout.class, responseCode = "201", responseDescription = "Where to pay")
    @APIResponse(
            responseCode = "409",
            description = "already-subscribed, checkout-in-progress, idempotency-key-in-flight")
    @APIResponse(responseCode = "422", description = "not-sold, idempotency-key-reused")
    @APIResponse(
            responseCode = "503",
            description = "Whoever bills cannot be reached; Retry-After says when to try again")
    public RestResponse<CreatedCheckout> open(
            @NotNull @Valid CheckoutRequest wanted,
            @RestHeader("Idempotency-Key") @Parameter(required = true) String key) {
        Identity reader = Caller.of(identity).requireReader();
        Instant now = clock.instant();
        IdempotencyKey.require(key);
        Checkout.CheckoutSelection bought = bought(wanted);
        var opened = memberships.openCheckout(reader, bought, key, now);
        CreatedCheckout answer =
                new CreatedCheckout(opened.page().url(), opened.page().sessionId());
        return IdempotencyKey.withReplayedHeader(
                RestResponse.status(RestResponse.Status.CREATED, answer), opened.replayed());
    }

    private Checkout.CheckoutSelection bought(CheckoutRequest wanted) {
        Catalog catalog = this.catalog.get();
        boolean sold = catalog.plans().stream()
                .filter(plan -> plan.slug().equals(wanted.plan))
                .flatMap(plan -> plan.prices().stream())
                .anyMatch(price -> price.interval() == wanted.interval);
        if (!sold) {
            throw Problem.unprocessable("not-sold", "Not for sale", "No plan of this name is sold for this interval");
        }
        return new Checkout.CheckoutSelection(
                wanted.plan, wanted.interval, wanted.article == null ? null : kept(catalog, wanted));
    }

    /** Only an article of a source can be come back to: no other address is ever redirected to. */
    private static String kept(Catalog catalog, CheckoutRequest wanted) {
        var article = catalog.articleByUrl(wanted.article, "/article");
        if (article.source().isEmpty()) {
            throw Problem.invalid("/article", "belongs to no source");
        }
        return article.name();
    }
}
