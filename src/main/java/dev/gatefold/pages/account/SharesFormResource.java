package dev.gatefold.pages.account;

import dev.gatefold.kernel.Identity;
import dev.gatefold.pages.layout.HtmlResponse;
import dev.gatefold.pages.session.ViewerResolver;
import dev.gatefold.shares.MemberShares;
import dev.gatefold.web.endpoint.HtmlErrors;
import dev.gatefold.web.endpoint.RateLimitExempt;
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
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Handles the forms that share an article and deactivate a share link. */
@Path("/account/shares")
@HtmlErrors
@RateLimitExempt
@Singleton
@PermitAll
class SharesFormResource {
    private static final URI SHARES = URI.create("/account#shares");

    private final MemberShares shares;
    private final ViewerResolver viewers;
    private final Clock clock;

    SharesFormResource(MemberShares shares, ViewerResolver viewers, Clock clock) {
        this.shares = shares;
        this.viewers = viewers;
        this.clock = clock;
    }

    @POST
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response shareArticle(
            @FormParam("csrf") String csrf,
            @FormParam("article") @NotNull String article,
            @Context HttpServerRequest request) {
        var _ = shares.createOrReuse(reader(csrf, request), article, "article", clock.instant());
        return HtmlResponse.redirect(SHARES).build();
    }

    @POST
    @Path("/revoke")
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response revokeShare(
            @FormParam("csrf") String csrf,
            @FormParam("code") @NotNull String code,
            @Context HttpServerRequest request) {
        shares.revoke(reader(csrf, request), code, clock.instant());
        return HtmlResponse.redirect(SHARES).build();
    }

    private Identity reader(String csrf, HttpServerRequest request) {
        return viewers.requireFormSender(request, csrf, clock.instant())
                .reader()
                .orElseThrow();
    }
}
