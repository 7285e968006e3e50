package dev.gatefold.pages.account;

import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.kernel.Identity;
import dev.gatefold.pages.layout.HtmlResponse;
import dev.gatefold.pages.layout.PageRenderer;
import dev.gatefold.pages.layout.ViewerFormats;
import dev.gatefold.pages.links.ReturnUrlResolver;
import dev.gatefold.pages.session.Viewer;
import dev.gatefold.pages.session.ViewerResolver;
import dev.gatefold.shares.MemberShares;
import dev.gatefold.subscriptions.change.BillingPortal;
import dev.gatefold.subscriptions.change.Cancellation;
import dev.gatefold.subscriptions.checkout.OpenCheckout;
import dev.gatefold.subscriptions.membership.Memberships;
import dev.gatefold.subscriptions.membership.StartTrial;
import dev.gatefold.subscriptions.model.CheckoutSelection;
import dev.gatefold.web.SiteConfig;
import dev.gatefold.web.endpoint.HtmlErrors;
import dev.gatefold.web.endpoint.RateLimitExempt;
import dev.gatefold.web.http.IdempotencyKey;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The account, and all that its forms do. */
@Path("/account")
@HtmlErrors
@RateLimitExempt
@Singleton
@PermitAll
class AccountPageResource {
    private static final URI SELF = URI.create("/account");
    private static final URI GIFTS = URI.create("/account#gifts");

    private final Memberships memberships;
    private final StartTrial trials;
    private final OpenCheckout checkouts;
    private final Cancellation cancellation;
    private final BillingPortal portal;
    private final MemberShares gifts;
    private final CurrentCatalog catalog;
    private final ReturnUrlResolver wayBack;
    private final ViewerResolver viewers;
    private final PageRenderer pages;
    private final SiteConfig site;
    private final Clock clock;

    AccountPageResource(
            Memberships memberships,
            StartTrial trials,
            OpenCheckout checkouts,
            Cancellation cancellation,
            BillingPortal portal,
            MemberShares gifts,
            CurrentCatalog catalog,
            ReturnUrlResolver wayBack,
            ViewerResolver viewers,
            PageRenderer pages,
            SiteConfig site,
            Clock clock) {
        this.memberships = memberships;
        this.trials = trials;
        this.checkouts = checkouts;
        this.cancellation = cancellation;
        this.portal = portal;
        this.gifts = gifts;
        this.catalog = catalog;
        this.wayBack = wayBack;
        this.viewers = viewers;
        this.pages = pages;
        this.site = site;
        this.clock = clock;
    }

    @GET
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response show(@Context HttpServerRequest request) {
        Instant now = clock.instant();
        Viewer viewer = viewers.resolve(request, now);
        if (viewer.reader().isEmpty()) {
            return HtmlResponse.redirect(URI.create("/sign-in")).build();
        }
        Identity reader = viewer.reader().get();
        AccountView account = AccountView.of(
                memberships.find(reader, now),
                catalog.get().plans(),
                gifts.list(reader, now),
                ViewerFormats.of(viewer),
                now);
        return pages.render(PageRenderer.PageTemplates.account(account), viewer).build();
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
        trials.start(sender(csrf, request), Optional.ofNullable(plan), clock.instant());
        return HtmlResponse.redirect(wayBack.resolve(wayBack.findArticle(article)))
                .build();
    }

    @POST
    @Path("/checkout")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response checkout(
            @FormParam("csrf") String csrf,
            @FormParam("plan") @NotNull String plan,
            @FormParam("interval") @NotNull BillingInterval interval,
            @FormParam("key") String key,
            @FormParam("article") String article,
            @Context HttpServerRequest request) {
        Identity reader = sender(csrf, request);
        IdempotencyKey.require(key);
        var wanted = new CheckoutSelection(
                plan, interval, wayBack.findArticle(article).orElse(null));
        return HtmlResponse.redirect(checkouts
                        .open(reader, wanted, key, clock.instant())
                        .page()
                        .url())
                .build();
    }

    @POST
    @Path("/portal")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response portal(
            @FormParam("csrf") String csrf, @FormParam("article") String article, @Context HttpServerRequest request) {
        URI back = wayBack.findArticle(article)
                .map(it -> wayBack.resolve(Optional.of(it)))
                .orElse(URI.create(site.absoluteUrl(SELF.toString())));
        return HtmlResponse.redirect(portal.url(sender(csrf, request), back, clock.instant()))
                .build();
    }

    @POST
    @Path("/cancel")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response cancel(@FormParam("csrf") String csrf, @Context HttpServerRequest request) {
        cancellation.cancel(sender(csrf, request), clock.instant());
        return HtmlResponse.redirect(SELF).build();
    }

    @POST
    @Path("/keep")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response keep(@FormParam("csrf") String csrf, @Context HttpServerRequest request) {
        cancellation.undo(sender(csrf, request), clock.instant());
        return HtmlResponse.redirect(SELF).build();
    }

    @POST
    @Path("/gifts")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response give(
            @FormParam("csrf") String csrf,
            @FormParam("article") @NotNull String article,
            @Context HttpServerRequest request) {
        gifts.create(sender(csrf, request), article, "article", clock.instant());
        return HtmlResponse.redirect(GIFTS).build();
    }

    @POST
    @Path("/gifts/taken-back")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response takeBack(
            @FormParam("csrf") String csrf,
            @FormParam("code") @NotNull String code,
            @Context HttpServerRequest request) {
        gifts.revoke(sender(csrf, request), code, clock.instant());
        return HtmlResponse.redirect(GIFTS).build();
    }

    private Identity sender(String csrf, HttpServerRequest request) {
        return viewers.requireFormSender(request, csrf, clock.instant())
                .reader()
                .orElseThrow();
    }
}
