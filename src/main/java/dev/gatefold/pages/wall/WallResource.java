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

/** The wall before an article, for reader apps without one of their own; whoever may read is led on. */
@Path("/wall")
@HtmlErrors
@RateLimitExempt
@PermitAll
class WallResource {
    private final WallPages walls;
    private final CurrentCatalog catalog;
    private final ReturnUrlResolver wayBack;

    WallResource(WallPages walls, CurrentCatalog catalog, ReturnUrlResolver wayBack) {
        this.walls = walls;
        this.catalog = catalog;
        this.wayBack = wayBack;
    }

    @GET
    @Blocking
    @Operation(hidden = true)
    public Response show(@RestQuery @NotNull String url, @Context HttpServerRequest request) {
        Article article = catalog.get().articleByUrl(url, "url");
        return walls.wallBefore(article, request)
                .orElseGet(() -> HtmlResponse.redirect(wayBack.resolve(Optional.of(article.name())))
                        .build());
    }
}
