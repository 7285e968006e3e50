package dev.gatefold.pages.signin;

import dev.gatefold.pages.layout.HtmlResponse;
import dev.gatefold.pages.session.IssuerLogout;
import dev.gatefold.pages.session.PageCookie;
import dev.gatefold.pages.session.SignedInBrowser;
import dev.gatefold.pages.session.ViewerResolver;
import dev.gatefold.web.SiteConfig;
import dev.gatefold.web.endpoint.HtmlErrors;
import dev.gatefold.web.endpoint.RateLimitExempt;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Signs readers out, here and at the issuer. */
@Path("/")
@HtmlErrors
@RateLimitExempt
@PermitAll
class SignOutResource {
    private final SignedInBrowser browsers;
    private final ViewerResolver viewers;
    private final IssuerLogout logout;
    private final SiteConfig site;
    private final Clock clock;

    SignOutResource(
            SignedInBrowser browsers, ViewerResolver viewers, IssuerLogout logout, SiteConfig site, Clock clock) {
        this.browsers = browsers;
        this.viewers = viewers;
        this.logout = logout;
        this.site = site;
        this.clock = clock;
    }

    /** Ends the session of the browser first, so that it has ended even if the issuer is unreachable. */
    @POST
    @Path("sign-out")
    @Operation(hidden = true)
    public Response signOut(@FormParam("csrf") String csrf, @Context HttpServerRequest request) {
        viewers.requireFormSender(request, csrf, clock.instant());
        URI next = logout.url(PageCookie.ID_TOKEN.readFrom(request)).orElseGet(site::absoluteHome);
        return HtmlResponse.redirect(next).cookie(browsers.signOut(request)).build();
    }

    /** The page to which the issuer returns readers whose session it has ended. */
    @GET
    @Path(IssuerLogout.RETURN_PATH)
    @Operation(hidden = true)
    public Response signedOut() {
        return HtmlResponse.redirect(site.absoluteHome()).build();
    }
}
