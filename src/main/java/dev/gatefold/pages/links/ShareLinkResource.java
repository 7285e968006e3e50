package dev.gatefold.pages.links;

import dev.gatefold.kernel.Problem;
import dev.gatefold.pages.session.PageCookie;
import dev.gatefold.shares.Shares;
import dev.gatefold.shares.SharesConfig;
import dev.gatefold.web.endpoint.HtmlErrors;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

@Path("/share/{code}")
@PermitAll
@HtmlErrors
@Tag(name = "Access")
class ShareLinkResource {
    private final Shares shares;
    private final SharesConfig config;
    private final ReturnUrlResolver wayBack;
    private final Clock clock;

    ShareLinkResource(Shares shares, SharesConfig config, ReturnUrlResolver wayBack, Clock clock) {
        this.shares = shares;
        this.config = config;
        this.wayBack = wayBack;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "To the article that somebody has given away",
            description = "Redirects to where the article is shown, with the code in the address's fragment, which no "
                    + "server is told of: #share=CODE. The page sends it as X-Share with its question; pages of the "
                    + "service know it from a cookie.")
    @APIResponse(responseCode = "303", description = "To the article")
    @APIResponse(responseCode = "404", description = "The link has ended, or there never was one")
    public Response follow(@RestPath String code) {
        String article = shares.findArticleUrl(code, clock.instant())
                .orElseThrow(() -> Problem.notFound("The link has ended, or there never was one"));
        return Response.status(Response.Status.SEE_OTHER)
                .header("Location", wayBack.resolve(Optional.of(article)) + "#share=" + code)
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .cookie(PageCookie.SHARE.create(code, config.linkLifetime()))
                .build();
    }
}
