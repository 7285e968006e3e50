package dev.gatefold.catalog;

import dev.gatefold.kernel.Problem;
import dev.gatefold.web.Page;
import dev.gatefold.web.Revised;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/v1/sources")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Catalogue")
final class SourcesResource {
    /** A source, and the article's address as we would write it. */
    record Resolved(Source source, String article) {}

    private final CurrentCatalog current;

    SourcesResource(CurrentCatalog current) {
        this.current = current;
    }

    @GET
    @Operation(summary = "Every title, in the order of the slugs")
    public RestResponse<Page<Source>> list(
            @RestQuery Integer limit, @RestQuery @Size(max = 80) String after, @Context Request request) {
        Catalog catalog = current.get();
        return Revised.answer(
                request,
                catalog.revision(),
                () -> Page.of(catalog.sources(), Source::slug, after, limit, "/v1/sources"));
    }

    @GET
    @Path("/{slug}")
    @Operation(summary = "One title")
    @APIResponseSchema(Source.class)
    @APIResponse(responseCode = "404", description = "No title has this slug")
    public RestResponse<Source> one(@RestPath String slug, @Context Request request) {
        Catalog catalog = current.get();
        Source source = catalog.source(slug).orElseThrow(() -> Problem.notFound("No source has this slug"));
        return Revised.answer(request, catalog.revision(), () -> source);
    }

    @GET
    @Path("/resolve")
    @Operation(summary = "The title that an article's address belongs to")
    @APIResponseSchema(Resolved.class)
    @APIResponse(responseCode = "404", description = "The address is nobody's")
    public RestResponse<Resolved> resolve(@RestQuery @NotNull String url, @Context Request request) {
        Catalog catalog = current.get();
        Article article = catalog.articleAt(url, "url");
        Source source = article.source().orElseThrow(() -> Problem.notFound("The address belongs to no source"));
        return Revised.answer(request, catalog.revision(), () -> new Resolved(source, article.name()));
    }
}
