package dev.gatefold.pages.links;

import dev.gatefold.kernel.Problem;
import dev.gatefold.pages.session.PageCookie;
import dev.gatefold.shares.Shares;
import dev.gatefold.shares.SharesConfig;
import dev.gatefold.web.endpoint.HtmlErrors;
import dev.gatefold.web.endpoint.LinkTarget;
import dev.gatefold.web.endpoint.LinkedAs;
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

/** Follows share links to the shared article. */
@Path("/share/{code}")
@PermitAll
@HtmlErrors
@Tag(name = "Access")
class ShareLinkResource {
    private final Shares shares;
    private final SharesConfig config;
    private final ReturnUrlResolver returnUrls;
    private final Clock clock;

    ShareLinkResource(Shares shares, SharesConfig config, ReturnUrlResolver returnUrls, Clock clock) {
        this.shares = shares;
        this.config = config;
        this.returnUrls = returnUrls;
        this.clock = clock;
    }

    @GET
    @LinkedAs(LinkTarget.SHARED_ARTICLE)
    @Operation(
            operationId = "followShareLink",
            summary = "Follow a share link",
            description =
                    "Redirects to the shared article and appends #share=CODE to its URL. Browsers do not send the "
                            + "fragment to servers; the page sends the code in X-Share when it asks for access. Pages of this "
                            + "service read the code from a cookie.")
    @APIResponse(responseCode = "303", description = "Redirect to the article")
    @APIResponse(responseCode = "404", description = "Unknown, expired or revoked link")
    public Response follow(@RestPath String code) {
        String article = shares.findArticleUrl(code, clock.instant())
                .orElseThrow(() -> Problem.notFound("The share link does not exist, or has expired or been revoked"));
        return Response.status(Response.Status.SEE_OTHER)
                .header("Location", returnUrls.resolve(Optional.of(article)) + "#share=" + code)
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .cookie(PageCookie.SHARE.create(code, config.linkLifetime()))
                .build();
    }
}
