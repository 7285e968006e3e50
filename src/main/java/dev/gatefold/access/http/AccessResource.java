package dev.gatefold.access.http;

import dev.gatefold.access.decide.AccessDecider;
import dev.gatefold.access.decide.AccessQuery;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.access.decide.Reader;
import dev.gatefold.access.http.ReaderResolver.ReaderSubject;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.kernel.Problem;
import dev.gatefold.platform.tracing.TraceMode;
import dev.gatefold.web.endpoint.CorsHeaders;
import dev.gatefold.web.endpoint.OptionalBearerToken;
import dev.gatefold.web.endpoint.Traced;
import dev.gatefold.web.problems.ProblemJson;
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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/v1/access")
@OptionalBearerToken
@CorsHeaders(
        request = {"X-Share", "X-Visitor"},
        response = "Decision-Id")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
public final class AccessResource {
    public static final int MAX_ARTICLES = 100;

    /** Several articles at once, for a front page of teasers; a service also says for whom, and where that reader is. */
    record AccessBatchRequest(List<ArticleRef> articles, ReaderSubject subject, String country) {}

    /** The answers, in the order asked. */
    @Schema(requiredProperties = {"decisions"})
    record AccessBatchResponse(List<AccessBatchItem> decisions) {}

    /** A decision as it is, or why there is none. */
    @Schema(oneOf = {Decision.class, AccessBatchItem.FailedDecision.class})
    public interface AccessBatchItem {
        @Schema(
                name = "FailedDecision",
                requiredProperties = {"error"})
        record FailedDecision(ProblemJson error) implements AccessBatchItem {}
    }

    private final AccessDecider turnstile;
    private final ReaderResolver asking;
    private final CurrentCatalog catalog;
    private final SecurityIdentity identity;
    private final Clock clock;

    AccessResource(
            AccessDecider turnstile,
            ReaderResolver asking,
            CurrentCatalog catalog,
            SecurityIdentity identity,
            Clock clock) {
        this.turnstile = turnstile;
        this.asking = asking;
        this.catalog = catalog;
        this.identity = identity;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "May the caller open this article?",
            description = "By url, or by source and article. Never counts a read. A denial is an answer: 200.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Decision.class)))
    @APIResponse(responseCode = "304", description = "The answer is still the one with the ETag in If-None-Match")
    public Uni<Response> decide(
            @RestQuery @Parameter(description = "The article's address; or else source and article") String url,
            @RestQuery @Parameter(description = "The source's slug") String source,
            @RestQuery @Parameter(description = "The source's own reference to the article") String article,
            @RestQuery @Parameter(description = "Where in the source it stands; else the address's folder")
                    String section,
            @RestQuery @Parameter(description = "RFC 3339") String publishedAt,
            @BeanParam ReaderResolver.AccessParams manner,
            @Context Request request) {
        Instant now = clock.instant();
        Article asked = new ArticleRef(url, source, article, section, publishedAt).resolve(catalog.get(), "");
        Reader reader = asking.resolveReader(identity, null, manner.visitor, now);
        return turnstile
                .decide(new AccessQuery(reader, List.of(asked), asking.requestContext(identity, manner, null), now))
                .map(decisions -> DecisionCacheHeaders.cacheable(request, decisions.getFirst()));
    }

    @POST
    @Traced(TraceMode.SAMPLED)
    @Operation(
            summary = "May the caller open these articles?",
            description = "Up to 100, answered in the order asked; a service may name the reader it asks for.")
    public Uni<RestResponse<AccessBatchResponse>> decideAll(
            AccessBatchRequest batch, @BeanParam ReaderResolver.AccessParams manner) {
        if (batch == null || batch.articles == null) {
            throw Problem.invalid("/articles", "is missing");
        }
        if (batch.articles.size() > MAX_ARTICLES) {
            throw tooManyArticles();
        }
        Instant now = clock.instant();
        Reader reader = asking.resolveReader(identity, batch.subject, manner.visitor, now);
        List<Article> articles = new ArrayList<>();
        List<ProblemJson> problems = new ArrayList<>();
        for (int i = 0; i < batch.articles.size(); i++) {
            try {
                articles.add(articleAt(batch, i, catalog.get()));
                problems.add(null);
            } catch (Problem problem) {
                problems.add(ProblemJson.of(problem, "/v1/access#/articles/" + i));
            }
        }
        return turnstile
                .decide(new AccessQuery(reader, articles, asking.requestContext(identity, manner, batch.country), now))
                .map(decisions -> answers(decisions.iterator(), problems))
                .map(DecisionCacheHeaders::notStored);
    }

    public static Problem tooManyArticles() {
        return Problem.unprocessable(
                "too-many-articles", "Too many articles", "One request asks about " + MAX_ARTICLES + " at most");
    }

    private static Article articleAt(AccessBatchRequest batch, int index, Catalog catalog) {
        String pointer = "/articles/" + index;
        ArticleRef asked = batch.articles.get(index);
        if (asked == null) {
            throw Problem.invalid(pointer, "is missing");
        }
        return asked.resolve(catalog, pointer + "/");
    }

    private static AccessBatchResponse answers(Iterator<Decision> decisions, List<ProblemJson> problems) {
        List<AccessBatchItem> answers = new ArrayList<>(problems.size());
        for (ProblemJson problem : problems) {
            answers.add(problem == null ? decisions.next() : new AccessBatchItem.FailedDecision(problem));
        }
        return new AccessBatchResponse(answers);
    }
}
