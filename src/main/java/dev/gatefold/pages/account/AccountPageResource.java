package dev.gatefold.pages.account;

import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.kernel.Identity;
import dev.gatefold.pages.layout.HtmlResponse;
import dev.gatefold.pages.layout.PageMessageTexts;
import dev.gatefold.pages.layout.PageRenderer;
import dev.gatefold.pages.layout.ViewerFormats;
import dev.gatefold.pages.session.Viewer;
import dev.gatefold.pages.session.ViewerResolver;
import dev.gatefold.shares.MemberShares;
import dev.gatefold.subscriptions.membership.Membership;
import dev.gatefold.subscriptions.membership.MembershipRefresh;
import dev.gatefold.web.endpoint.HtmlErrors;
import dev.gatefold.web.endpoint.RateLimitExempt;
import dev.gatefold.web.http.PageMessage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Shows the account page. */
@Path("/account")
@HtmlErrors
@RateLimitExempt
@Singleton
@PermitAll
class AccountPageResource {
    private final MembershipRefresh memberships;
    private final MemberShares shares;
    private final CurrentCatalog catalog;
    private final ViewerResolver viewers;
    private final PageRenderer pages;
    private final Clock clock;

    AccountPageResource(
            MembershipRefresh memberships,
            MemberShares shares,
            CurrentCatalog catalog,
            ViewerResolver viewers,
            PageRenderer pages,
            Clock clock) {
        this.memberships = memberships;
        this.shares = shares;
        this.catalog = catalog;
        this.viewers = viewers;
        this.pages = pages;
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
        ViewerFormats formats = ViewerFormats.of(viewer);
        Membership membership = memberships.find(reader, now);
        AccountView account = AccountView.of(membership, catalog.get(), shares.list(reader, now), formats, now);
        return pages.render(AccountTemplates.account(account), viewer, message -> text(message, membership, formats))
                .build();
    }

    private static String text(PageMessage message, Membership membership, ViewerFormats formats) {
        String text = PageMessageTexts.text(message, formats);
        return message == PageMessage.MEMBERSHIP_CANCELED
                ? new MembershipTexts(membership, formats).canceled(text)
                : text;
    }
}
