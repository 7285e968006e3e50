package dev.gatefold.access;

import dev.gatefold.access.Asking.Subject;
import dev.gatefold.catalog.Article;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.ProblemJson;
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
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
final class AccessResource {
    static final int MOST_ARTICLES = 100;

    /** Several articles at once, for a front page of teasers; a service also says for whom, and where that reader is. */
    record Batch(List<ArticleAsked> articles, Subject subject, String country) {}

    /** The answers, in the order asked. */
    @Schema(requiredProperties = {"decisions"})
    record Answers(List<Answer> decisions) {}

    /** A decision as it is, or why there is none. */
    @Schema(oneOf = {Decision.class, Answer.Failed.class})
    sealed interface Answer permits Decision, Answer.Failed {
        @Schema(
                name = "FailedDecision",
                requiredProperties = {"error"})
        record Failed(ProblemJson error) implements Answer {}
    }

    private final Turnstile turnstile;
    private final Asking asking;
    private final CurrentCatalog catalog;
    private final SecurityIdentity identity;
    private final Clock clock;

    AccessResource(Turnstile turnstile, Asking asking, CurrentCatalog catalog, SecurityIdentity identity, Clock clock) {
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
    public Uni<Response> ask(
            @RestQuery @Parameter(description = "The article's address; or else source and article") String url,
            @RestQuery @Parameter(description = "The source's slug") String source,
            @RestQuery @Parameter(description = "The source's own reference to the article") String article,
            @RestQuery @Parameter(description = "Where in the source it stands; else the address's folder")
                    String section,
            @RestQuery @Parameter(description = "RFC 3339") String publishedAt,
            @BeanParam Asking.Manner manner,
            @Context Request request) {
        Instant now = clock.instant();
        Article asked = new ArticleAsked(url, source, article, section, publishedAt).in(catalog.get(), "");
        Reader reader = asking.reader(identity, null, manner.visitor, now);
        return turnstile
                .check(new Enquiry(reader, List.of(asked), asking.circumstances(identity, manner, null), now))
                .map(decisions -> Revalidation.answer(request, decisions.getFirst()));
    }

    @POST
    @Operation(
            summary = "May the caller open these articles?",
            description = "Up to 100, answered in the order asked; a service may name the reader it asks for.")
    public Uni<RestResponse<Answers>> askAll(Batch batch, @BeanParam Asking.Manner manner) {
        if (batch == null || batch.articles == null) {
            throw Problem.invalid("/articles", "is missing");
        }
        if (batch.articles.size() > MOST_ARTICLES) {
            throw tooMany();
        }
        Instant now = clock.instant();
        Reader reader = asking.reader(identity, batch.subject, manner.visitor, now);
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
                .check(new Enquiry(reader, articles, asking.circumstances(identity, manner, batch.country), now))
                .map(decisions -> answers(decisions.iterator(), problems))
                .map(Revalidation::unstored);
    }

    static Problem tooMany() {
        return Problem.unprocessable(
                "too-many-articles", "Too many articles", "One request asks about " + MOST_ARTICLES + " at most");
    }

    private static Article articleAt(Batch batch, int index, Catalog catalog) {
        String pointer = "/articles/" + index;
        ArticleAsked asked = batch.articles.get(index);
        if (asked == null) {
            throw Problem.invalid(pointer, "is missing");
        }
        return asked.in(catalog, pointer + "/");
    }

    private static Answers answers(Iterator<Decision> decisions, List<ProblemJson> problems) {
        List<Answer> answers = new ArrayList<>(problems.size());
        for (ProblemJson problem : problems) {
            answers.add(problem == null ? decisions.next() : new Answer.Failed(problem));
        }
        return new Answers(answers);
    }
}
