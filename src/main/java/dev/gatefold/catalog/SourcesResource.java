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

/** Endpoints for sources and their effective policies. */
@Path("/v1/sources")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Catalog")
final class SourcesResource {
    /**
     * A source with its effective policies.
     *
     * @param policy policy of the whole source
     * @param sections policies of the sections that have their own, by section path; omitted if there are none
     */
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

    /**
     * The result of resolving the URL of an article.
     *
     * @param article canonical URL of the article
     */
    record ResolvedArticle(SourceDetails source, String article) {}

    private final CurrentCatalog current;
    private final Clock clock;

    SourcesResource(CurrentCatalog current, Clock clock) {
        this.current = current;
        this.clock = clock;
    }

    /** Returns a page of the active sources. */
    @GET
    @Operation(
            operationId = "listSources",
            summary = "List sources",
            description = "Returns the active sources with their effective policies, sorted by slug.")
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

    /** Returns one source. */
    @GET
    @Path("/{slug}")
    @Operation(
            operationId = "getSource",
            summary = "Get a source",
            description = "Returns the source with the effective policies of the whole source and of its sections.")
    @APIResponseSchema(SourceDetails.class)
    @APIResponse(responseCode = "404", description = "There is no source with this slug")
    public RestResponse<SourceDetails> get(@RestPath String slug, @Context Request request) {
        Catalog catalog = current.get();
        Source source = catalog.source(slug).orElseThrow(() -> Problem.notFound("There is no source with this slug"));
        Instant now = clock.instant();
        return ConditionalGet.respond(
                request, catalog.contentVersion(now), () -> SourceDetails.of(source, catalog, now));
    }

    /** Finds the source of an article. */
    @GET
    @Path("/resolve")
    @Operation(
            operationId = "resolveArticleUrl",
            summary = "Find the source of an article",
            description = "Returns the source that the URL belongs to, and the canonical URL of the article.")
    @APIResponseSchema(ResolvedArticle.class)
    @APIResponse(responseCode = "404", description = "The URL belongs to no source")
    public RestResponse<ResolvedArticle> resolve(@RestQuery @NotNull String url, @Context Request request) {
        Catalog catalog = current.get();
        Article article = catalog.articleByUrl(url, "url");
        Source source = article.source().orElseThrow(() -> Problem.notFound("The URL belongs to no source"));
        Instant now = clock.instant();
        return ConditionalGet.respond(
                request,
                catalog.contentVersion(now),
                () -> new ResolvedArticle(SourceDetails.of(source, catalog, now), article.name()));
    }
}
