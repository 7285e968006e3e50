package dev.gatefold.pages;

import dev.gatefold.catalog.Article;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.Interval;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.Checkout;
import dev.gatefold.subscriptions.Memberships;
import dev.gatefold.web.IdempotencyKey;
import dev.gatefold.web.SiteConfig;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
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

    private final Memberships memberships;
    private final CurrentCatalog catalog;
    private final Viewers viewers;
    private final Pages pages;
    private final SiteConfig site;
    private final Clock clock;

    AccountResource(
            Memberships memberships,
            CurrentCatalog catalog,
            Viewers viewers,
            Pages pages,
            SiteConfig site,
            Clock clock) {
        this.memberships = memberships;
        this.catalog = catalog;
        this.viewers = viewers;
        this.pages = pages;
        this.site = site;
        this.clock = clock;
    }

    @GET
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response show(@Context HttpHeaders request) {
        Instant now = clock.instant();
        Viewer viewer = viewers.of(request, now);
        if (viewer.reader().isEmpty()) {
            return Html.redirect(URI.create("/sign-in")).build();
        }
        AccountView account = AccountView.of(
                memberships.of(viewer.reader().get(), now), catalog.get().plans(), pages.formats(viewer));
        return pages.html(Pages.Templates.account(account, viewer), viewer);
    }

    @POST
    @Path("/trial")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response startTrial(
            @FormParam("csrf") String csrf,
            @FormParam("plan") String plan,
            @FormParam("article") String article,
            @Context HttpHeaders request) {
        memberships.startTrial(sender(csrf, request), Optional.ofNullable(plan), clock.instant());
        return Html.redirect(site.backTo(kept(article).map(URI::create))).build();
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
            @Context HttpHeaders request) {
        Identity reader = sender(csrf, request);
        IdempotencyKey.require(key);
        var wanted = new Checkout.Wanted(plan, interval, kept(article).orElse(null));
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
            @FormParam("csrf") String csrf, @FormParam("article") String article, @Context HttpHeaders request) {
        URI back = kept(article)
                .map(it -> site.backTo(Optional.of(URI.create(it))))
                .orElse(URI.create(site.at(SELF.toString())));
        return Html.redirect(memberships.portal(sender(csrf, request), back, clock.instant()))
                .build();
    }

    @POST
    @Path("/cancel")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response cancel(@FormParam("csrf") String csrf, @Context HttpHeaders request) {
        memberships.cancel(sender(csrf, request), clock.instant());
        return Html.redirect(SELF).build();
    }

    @POST
    @Path("/keep")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response keep(@FormParam("csrf") String csrf, @Context HttpHeaders request) {
        memberships.resume(sender(csrf, request), clock.instant());
        return Html.redirect(SELF).build();
    }

    private Identity sender(String csrf, HttpHeaders request) {
        return viewers.sender(request, csrf, clock.instant()).reader().orElseThrow();
    }

    /** Only an article of a source is gone back to. */
    private Optional<String> kept(String article) {
        try {
            return Optional.ofNullable(article)
                    .map(url -> catalog.get().articleAt(url, "article"))
                    .filter(it -> it.source().isPresent())
                    .map(Article::name);
        } catch (Problem e) {
            return Optional.empty();
        }
    }
}
