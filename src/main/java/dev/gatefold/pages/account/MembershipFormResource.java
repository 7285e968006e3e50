package dev.gatefold.pages.account;

import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.pages.layout.HtmlResponse;
import dev.gatefold.pages.links.ReturnUrlResolver;
import dev.gatefold.pages.session.ViewerResolver;
import dev.gatefold.subscriptions.change.BillingPortal;
import dev.gatefold.subscriptions.change.Cancellation;
import dev.gatefold.subscriptions.checkout.OpenCheckout;
import dev.gatefold.subscriptions.membership.StartTrial;
import dev.gatefold.subscriptions.model.CheckoutSelection;
import dev.gatefold.subscriptions.model.PortalFlow;
import dev.gatefold.web.SiteConfig;
import dev.gatefold.web.endpoint.HtmlErrors;
import dev.gatefold.web.endpoint.RateLimitExempt;
import dev.gatefold.web.http.IdempotencyKey;
import dev.gatefold.web.http.PageMessage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Handles the forms about the membership on the account page and the paywall. */
@Path("/account")
@HtmlErrors
@RateLimitExempt
@Singleton
@PermitAll
class MembershipFormResource {
    private static final URI ACCOUNT = URI.create("/account");

    private final StartTrial trials;
    private final OpenCheckout checkouts;
    private final Cancellation cancellation;
    private final BillingPortal portal;
    private final ReturnUrlResolver returnUrls;
    private final ViewerResolver viewers;
    private final SiteConfig site;
    private final Clock clock;

    MembershipFormResource(
            StartTrial trials,
            OpenCheckout checkouts,
            Cancellation cancellation,
            BillingPortal portal,
            ReturnUrlResolver returnUrls,
            ViewerResolver viewers,
            SiteConfig site,
            Clock clock) {
        this.trials = trials;
        this.checkouts = checkouts;
        this.cancellation = cancellation;
        this.portal = portal;
        this.returnUrls = returnUrls;
        this.viewers = viewers;
        this.site = site;
        this.clock = clock;
    }

    @POST
    @Path("/trial")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response startTrial(
            @FormParam("csrf") String csrf,
            @FormParam("plan") String plan,
            @FormParam("article") String article,
            @Context HttpServerRequest request) {
        trials.start(reader(csrf, request), Optional.ofNullable(plan), clock.instant());
        return returnUrls
                .findArticle(article)
                .map(it -> HtmlResponse.redirect(returnUrls.resolve(Optional.of(it)))
                        .build())
                .orElseGet(() -> toAccount(PageMessage.TRIAL_STARTED));
    }

    @POST
    @Path("/checkout")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response openCheckout(
            @FormParam("csrf") String csrf,
            @FormParam("plan") @NotNull String plan,
            @FormParam("interval") @NotNull BillingInterval interval,
            @FormParam("key") String key,
            @FormParam("article") String article,
            @Context HttpServerRequest request) {
        Identity reader = reader(csrf, request);
        IdempotencyKey.require(key);
        var selection = new CheckoutSelection(
                plan, interval, returnUrls.findArticle(article).orElse(null));
        return HtmlResponse.redirect(checkouts
                        .open(reader, selection, key, clock.instant())
                        .page()
                        .url())
                .build();
    }

    @POST
    @Path("/portal")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response openBillingPortal(
            @FormParam("csrf") String csrf, @FormParam("article") String article, @Context HttpServerRequest request) {
        return openPortal(PortalFlow.OVERVIEW, csrf, article, request);
    }

    @POST
    @Path("/payment-method")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response updatePaymentMethod(
            @FormParam("csrf") String csrf, @FormParam("article") String article, @Context HttpServerRequest request) {
        return openPortal(PortalFlow.UPDATE_PAYMENT_METHOD, csrf, article, request);
    }

    @POST
    @Path("/plan")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response changePlan(
            @FormParam("csrf") String csrf, @FormParam("article") String article, @Context HttpServerRequest request) {
        return openPortal(PortalFlow.CHANGE_PLAN, csrf, article, request);
    }

    private Response openPortal(PortalFlow flow, String csrf, String article, HttpServerRequest request) {
        Identity reader = reader(csrf, request);
        URI returnUrl = returnUrls
                .findArticle(article)
                .map(it -> returnUrls.resolve(Optional.of(it)))
                .orElse(URI.create(site.absoluteUrl(ACCOUNT.toString())));
        return HtmlResponse.redirect(portal.url(reader, flow, returnUrl, clock.instant()))
                .build();
    }

    @POST
    @Path("/cancel")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response cancelMembership(@FormParam("csrf") String csrf, @Context HttpServerRequest request) {
        Identity reader = reader(csrf, request);
        try {
            cancellation.cancel(reader, clock.instant());
            return toAccount(PageMessage.MEMBERSHIP_CANCELED);
        } catch (Problem problem) {
            if (Cancellation.isRefusal(problem)) {
                return toAccount(PageMessage.CHANGE_REFUSED);
            }
            throw problem;
        }
    }

    private static Response toAccount(PageMessage message) {
        return HtmlResponse.redirect(ACCOUNT).cookie(message.cookie()).build();
    }

    private Identity reader(String csrf, HttpServerRequest request) {
        return viewers.requireFormSender(request, csrf, clock.instant())
                .reader()
                .orElseThrow();
    }
}
