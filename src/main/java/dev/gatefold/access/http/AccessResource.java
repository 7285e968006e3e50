package dev.gatefold.access.http;

import dev.gatefold.access.decide.AccessDecider;
import dev.gatefold.access.decide.AccessQuery;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.access.http.AccessBatch.AccessBatchRequest;
import dev.gatefold.access.http.AccessBatch.AccessBatchResponse;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.kernel.Problem;
import dev.gatefold.platform.tracing.TraceMode;
import dev.gatefold.web.endpoint.CorsHeaders;
import dev.gatefold.web.endpoint.OptionalBearerToken;
import dev.gatefold.web.endpoint.Traced;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Decides whether readers may open articles. */
@Path("/v1/access")
@OptionalBearerToken
@CorsHeaders(
        request = {"X-Share", "X-Visitor"},
        response = "Decision-Id")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
public final class AccessResource {
    /** Largest number of articles in one request. */
    public static final int MAX_ARTICLES = 100;

    private final AccessDecider decider;
    private final ReaderResolver readers;
    private final CurrentCatalog catalog;
    private final SecurityIdentity identity;
    private final Clock clock;

    AccessResource(
            AccessDecider decider,
            ReaderResolver readers,
            CurrentCatalog catalog,
            SecurityIdentity identity,
            Clock clock) {
        this.decider = decider;
        this.readers = readers;
        this.catalog = catalog;
        this.identity = identity;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "checkAccess",
            summary = "Check access to an article",
            description = "Identify the article by url, or by source and article. Never counts a read. "
                    + "A denial is returned with status 200. A grant may be reused until validUntil. A denial may be stored, "
                    + "but must be revalidated with its ETag before each use.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Decision.class)))
    @APIResponse(
            responseCode = "304",
            description = "The decision has not changed since the one with the ETag in If-None-Match")
    public Uni<Response> decide(
            @RestQuery @Parameter(description = "URL of the article; alternatively, send source and article")
                    String url,
            @RestQuery @Parameter(description = "Slug of the source") String source,
            @RestQuery @Parameter(description = "The source's own reference to the article") String article,
            @RestQuery @Parameter(description = "Section of the source; by default the folder of the URL")
                    String section,
            @RestQuery @Parameter(description = "Publication date, RFC 3339") String publishedAt,
            @BeanParam AccessParams params,
            @Context Request request) {
        Instant now = clock.instant();
        Article requested = new ArticleRef(url, source, article, section, publishedAt).resolve(catalog.get(), "");
        return decider.decide(readers.resolveQuery(identity, params, null, null, List.of(requested), now))
                .map(decisions -> DecisionCacheHeaders.cacheable(request, decisions.getFirst()));
    }

    @POST
    @Traced(TraceMode.SAMPLED)
    @Operation(
            operationId = "checkAccessBatch",
            summary = "Check access to several articles",
            description = "Accepts up to 100 articles and returns the decisions in the same order. "
                    + "Callers with role service may set the reader.")
    public Uni<RestResponse<AccessBatchResponse>> decideAll(
            AccessBatchRequest request, @BeanParam AccessParams params) {
        AccessBatch batch = AccessBatch.of(request, catalog.get());
        Instant now = clock.instant();
        AccessQuery query =
                readers.resolveQuery(identity, params, request.subject(), request.country(), batch.articles(), now);
        return decider.decide(query).map(batch::response).map(DecisionCacheHeaders::notStored);
    }

    /** Returns the problem of a request with more than {@link #MAX_ARTICLES} articles. */
    public static Problem tooManyArticles() {
        return Problem.unprocessable(
                "too-many-articles", "Too many articles", "Send at most " + MAX_ARTICLES + " articles per request");
    }
}
