package dev.gatefold.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.SectionPath;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.catalog.rules.SourceRules;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.caching.ConditionalGet;
import dev.gatefold.web.http.ResultPage;
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
    record SourceDetails(
            @JsonUnwrapped Source source,
            Policy policy,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Policy> sections) {
        private static SourceDetails of(Source source, Catalog catalog, Instant at) {
            SourceRules rules = catalog.rules(source);
            return new SourceDetails(
                    source, rules.effectiveRule(SectionPath.WHOLE_SOURCE, at).policy(), rules.sectionPolicies(at));
        }
    }

    /** A source, and the article's address as we would write it. */
    record ResolvedArticle(SourceDetails source, String article) {}

    private final CurrentCatalog current;
    private final Clock clock;

    SourcesResource(CurrentCatalog current, Clock clock) {
        this.current = current;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "Every title, in the order of the slugs", description = "Each with how it is closed today.")
    public RestResponse<ResultPage<SourceDetails>> list(
            @RestQuery Integer limit, @RestQuery @Size(max = 80) String after, @Context Request request) {
        Catalog catalog = current.get();
        Instant now = clock.instant();
        return ConditionalGet.respond(
                request,
                catalog.contentVersion(now),
                () -> ResultPage.of(catalog.sources(), Source::slug, after, limit, "/v1/sources")
                        .map(source -> SourceDetails.of(source, catalog, now)));
    }

    @GET
    @Path("/{slug}")
    @Operation(summary = "One title", description = "With how it is closed today, as a whole and in its sections.")
    @APIResponseSchema(SourceDetails.class)
    @APIResponse(responseCode = "404", description = "No title has this slug")
    public RestResponse<SourceDetails> one(@RestPath String slug, @Context Request request) {
        Catalog catalog = current.get();
        Source source = catalog.source(slug).orElseThrow(() -> Problem.notFound("No source has this slug"));
        Instant now = clock.instant();
        return ConditionalGet.respond(
                request, catalog.contentVersion(now), () -> SourceDetails.of(source, catalog, now));
    }

    @GET
    @Path("/resolve")
    @Operation(
            summary = "The title that an article's address belongs to",
            description = "And the address as we would write it.")
    @APIResponseSchema(ResolvedArticle.class)
    @APIResponse(responseCode = "404", description = "The address is nobody's")
    public RestResponse<ResolvedArticle> resolve(@RestQuery @NotNull String url, @Context Request request) {
        Catalog catalog = current.get();
        Article article = catalog.articleByUrl(url, "url");
        Source source = article.source().orElseThrow(() -> Problem.notFound("The address belongs to no source"));
        Instant now = clock.instant();
        return ConditionalGet.respond(
                request,
                catalog.contentVersion(now),
                () -> new ResolvedArticle(SourceDetails.of(source, catalog, now), article.name()));
    }
}
