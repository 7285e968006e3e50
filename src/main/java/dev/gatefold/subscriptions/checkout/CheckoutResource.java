package dev.gatefold.subscriptions.checkout;

import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.model.CheckoutSelection;
import dev.gatefold.web.endpoint.LinkTarget;
import dev.gatefold.web.endpoint.LinkedAs;
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

/** The HTTP endpoint with which a reader starts a checkout. */
@Path("/v1/me/checkout")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Membership")
class CheckoutResource {
    /**
     * The plan to buy.
     *
     * @param plan slug of the plan
     * @param article URL of an article of a source, to which the reader returns after payment; may be null
     */
    @Schema(name = "CheckoutRequest")
    record CheckoutRequest(
            @NotBlank @Size(max = 80) String plan,
            @NotNull BillingInterval interval,
            @Size(max = 4096) String article) {}

    /**
     * The page on which the reader pays.
     *
     * @param sessionId value of the parameter {@code session_id} with which the reader returns
     */
    @Schema(requiredProperties = {"url", "sessionId"})
    record CreatedCheckout(URI url, String sessionId) {}

    private final OpenCheckout checkouts;
    private final CurrentCatalog catalog;
    private final SecurityIdentity identity;
    private final Clock clock;

    CheckoutResource(OpenCheckout checkouts, CurrentCatalog catalog, SecurityIdentity identity, Clock clock) {
        this.checkouts = checkouts;
        this.catalog = catalog;
        this.identity = identity;
        this.clock = clock;
    }

    @POST
    @LinkedAs(LinkTarget.CHECKOUT)
    @Authenticated
    @RunOnVirtualThread
    @ResponseStatus(201)
    @Operation(
            operationId = "createCheckout",
            summary = "Start a checkout for a plan",
            description = "Returns the URL of a hosted payment page. A running free trial continues to its end before "
                    + "the first payment. After payment the reader returns to the article, if one is given.")
    @APIResponseSchema(value = CreatedCheckout.class, responseCode = "201", responseDescription = "The payment page")
    @APIResponse(
            responseCode = "409",
            description =
                    "already-subscribed, payment-pending, payment-overdue, subscription-paused, payment-reversed, "
                            + "checkout-in-progress, price-changed, customer-deleted, idempotency-key-in-flight")
    @APIResponse(responseCode = "422", description = "not-sold, idempotency-key-reused")
    @APIResponse(
            responseCode = "503",
            description = "The payment provider is unavailable; Retry-After says when to try again")
    public RestResponse<CreatedCheckout> createCheckout(
            @NotNull @Valid CheckoutRequest request,
            @RestHeader("Idempotency-Key") @Parameter(required = true) String key) {
        Identity reader = Caller.of(identity).requireReader();
        Instant now = clock.instant();
        IdempotencyKey.require(key);
        var opened = checkouts.open(reader, selection(request), key, now);
        CreatedCheckout created =
                new CreatedCheckout(opened.page().url(), opened.page().sessionId());
        return IdempotencyKey.withReplayedHeader(
                RestResponse.status(RestResponse.Status.CREATED, created), opened.replayed());
    }

    private CheckoutSelection selection(CheckoutRequest request) {
        Catalog catalog = this.catalog.get();
        boolean sold = catalog.plans().stream()
                .filter(plan -> plan.slug().equals(request.plan))
                .flatMap(plan -> plan.prices().stream())
                .anyMatch(price -> price.interval() == request.interval);
        if (!sold) {
            throw Problem.unprocessable("not-sold", "Not for sale", "No plan with this name is sold for this interval");
        }
        return new CheckoutSelection(
                request.plan, request.interval, request.article == null ? null : articleUrl(catalog, request));
    }

    /** Returns the canonical article URL. Other URLs are rejected, so that the return page is not an open redirect. */
    private static String articleUrl(Catalog catalog, CheckoutRequest request) {
        var article = catalog.articleByUrl(request.article, "/article");
        if (article.source().isEmpty()) {
            throw Problem.invalid("/article", "belongs to no source");
        }
        return article.name();
    }
}
