package dev.gatefold.pages.wall;

import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.pages.layout.HtmlResponse;
import dev.gatefold.pages.links.ReturnUrlResolver;
import dev.gatefold.web.endpoint.HtmlErrors;
import dev.gatefold.web.endpoint.RateLimitExempt;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/** The paywall page of an article. Redirects to the article if the reader has access. */
@Path("/wall")
@HtmlErrors
@RateLimitExempt
@PermitAll
class WallResource {
    private final WallPages walls;
    private final CurrentCatalog catalog;
    private final ReturnUrlResolver returnUrls;

    WallResource(WallPages walls, CurrentCatalog catalog, ReturnUrlResolver returnUrls) {
        this.walls = walls;
        this.catalog = catalog;
        this.returnUrls = returnUrls;
    }

    @GET
    @Blocking
    @Operation(hidden = true)
    public Response show(@RestQuery @NotNull String url, @Context HttpServerRequest request) {
        Article article = catalog.get().articleByUrl(url, "url");
        return walls.paywallFor(article, request)
                .orElseGet(() -> HtmlResponse.redirect(returnUrls.resolve(Optional.of(article.name())))
                        .build());
    }
}
