package dev.gatefold.pages;

import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.Interval;
import dev.gatefold.kernel.Identity;
import dev.gatefold.shares.Gifts;
import dev.gatefold.subscriptions.Checkout;
import dev.gatefold.subscriptions.Memberships;
import dev.gatefold.web.IdempotencyKey;
import dev.gatefold.web.SiteConfig;
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
@Singleton
@PermitAll
class AccountResource {
    private static final URI SELF = URI.create("/account");
    private static final URI GIFTS = URI.create("/account#gifts");

    private final Memberships memberships;
    private final Gifts gifts;
    private final CurrentCatalog catalog;
    private final WayBack wayBack;
    private final Viewers viewers;
    private final Pages pages;
    private final SiteConfig site;
    private final Clock clock;

    AccountResource(
            Memberships memberships,
            Gifts gifts,
            CurrentCatalog catalog,
            WayBack wayBack,
            Viewers viewers,
            Pages pages,
            SiteConfig site,
            Clock clock) {
        this.memberships = memberships;
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
        Viewer viewer = viewers.of(request, now);
        if (viewer.reader().isEmpty()) {
            return Html.redirect(URI.create("/sign-in")).build();
        }
        Identity reader = viewer.reader().get();
        AccountView account = AccountView.of(
                memberships.of(reader, now), catalog.get().plans(), gifts.of(reader, now), Formats.of(viewer), now);
        return pages.html(Pages.Templates.account(account), viewer).build();
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
        memberships.startTrial(sender(csrf, request), Optional.ofNullable(plan), clock.instant());
        return Html.redirect(wayBack.to(wayBack.article(article))).build();
    }

    @POST
    @Path("/checkout")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response checkout(
            @FormParam("csrf") String csrf,
            @FormParam("plan") @NotNull String plan,
            @FormParam("interval") @NotNull Interval interval,
            @FormParam("key") String key,
            @FormParam("article") String article,
            @Context HttpServerRequest request) {
        Identity reader = sender(csrf, request);
        IdempotencyKey.require(key);
        var wanted =
                new Checkout.Wanted(plan, interval, wayBack.article(article).orElse(null));
        return Html.redirect(memberships
                        .checkout(reader, wanted, key, clock.instant())
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
        URI back = wayBack.article(article)
                .map(it -> wayBack.to(Optional.of(it)))
                .orElse(URI.create(site.at(SELF.toString())));
        return Html.redirect(memberships.portal(sender(csrf, request), back, clock.instant()))
                .build();
    }

    @POST
    @Path("/cancel")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response cancel(@FormParam("csrf") String csrf, @Context HttpServerRequest request) {
        memberships.cancel(sender(csrf, request), clock.instant());
        return Html.redirect(SELF).build();
    }

    @POST
    @Path("/keep")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response keep(@FormParam("csrf") String csrf, @Context HttpServerRequest request) {
        memberships.resume(sender(csrf, request), clock.instant());
        return Html.redirect(SELF).build();
    }

    @POST
    @Path("/gifts")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response give(
            @FormParam("csrf") String csrf,
            @FormParam("article") @NotNull String article,
            @Context HttpServerRequest request) {
        gifts.give(sender(csrf, request), article, "article", clock.instant());
        return Html.redirect(GIFTS).build();
    }

    @POST
    @Path("/gifts/taken-back")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response takeBack(
            @FormParam("csrf") String csrf,
            @FormParam("code") @NotNull String code,
            @Context HttpServerRequest request) {
        gifts.takeBack(sender(csrf, request), code, clock.instant());
        return Html.redirect(GIFTS).build();
    }

    private Identity sender(String csrf, HttpServerRequest request) {
        return viewers.sender(request, csrf, clock.instant()).reader().orElseThrow();
    }
}
