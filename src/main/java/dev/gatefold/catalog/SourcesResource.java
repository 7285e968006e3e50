package dev.gatefold.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
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
    /** A source with the policy that holds for the whole of it today, and those of its sections that have their own. */
    record Title(
            @JsonUnwrapped Source source,
            Policy policy,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Policy> sections) {
        private static Title of(Source source, Catalog catalog, Instant at) {
            Rules rules = catalog.rules(source);
            return new Title(source, rules.inForce(Section.WHOLE, at).policy(), rules.sections(at));
        }
    }

    /** A source, and the article's address as we would write it. */
    record Resolved(Title source, String article) {}

    private final CurrentCatalog current;
    private final Clock clock;

    SourcesResource(CurrentCatalog current, Clock clock) {
        this.current = current;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "Every title, in the order of the slugs", description = "Each with how it is closed today.")
    public RestResponse<Page<Title>> list(
            @RestQuery Integer limit, @RestQuery @Size(max = 80) String after, @Context Request request) {
        Catalog catalog = current.get();
        Instant now = clock.instant();
        return Revised.answer(
                request,
                catalog.edition(now),
                () -> Page.of(catalog.sources(), Source::slug, after, limit, "/v1/sources")
                        .map(source -> Title.of(source, catalog, now)));
    }

    @GET
    @Path("/{slug}")
    @Operation(summary = "One title", description = "With how it is closed today, as a whole and in its sections.")
    @APIResponseSchema(Title.class)
    @APIResponse(responseCode = "404", description = "No title has this slug")
    public RestResponse<Title> one(@RestPath String slug, @Context Request request) {
        Catalog catalog = current.get();
        Source source = catalog.source(slug).orElseThrow(() -> Problem.notFound("No source has this slug"));
        Instant now = clock.instant();
        return Revised.answer(request, catalog.edition(now), () -> Title.of(source, catalog, now));
    }

    @GET
    @Path("/resolve")
    @Operation(
            summary = "The title that an article's address belongs to",
            description = "And the address as we would write it.")
    @APIResponseSchema(Resolved.class)
    @APIResponse(responseCode = "404", description = "The address is nobody's")
    public RestResponse<Resolved> resolve(@RestQuery @NotNull String url, @Context Request request) {
        Catalog catalog = current.get();
        Article article = catalog.articleAt(url, "url");
        Source source = article.source().orElseThrow(() -> Problem.notFound("The address belongs to no source"));
        Instant now = clock.instant();
        return Revised.answer(
                request, catalog.edition(now), () -> new Resolved(Title.of(source, catalog, now), article.name()));
    }
}
