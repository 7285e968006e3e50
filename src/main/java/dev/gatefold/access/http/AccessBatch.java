package dev.gatefold.access.http;

import dev.gatefold.access.decide.Decision;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.problems.ProblemJson;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The articles of a batch request; an article that cannot be resolved has a problem instead. */
final class AccessBatch {
    /**
     * Request for decisions on several articles.
     *
     * @param subject reader for whom a service asks; null for the caller
     * @param country country of the reader, as sent by a service; null if not sent
     */
    record AccessBatchRequest(List<ArticleRef> articles, ReaderSubject subject, String country) {}

    /** Decisions in the order of the request's articles. */
    @Schema(requiredProperties = {"decisions"})
    record AccessBatchResponse(List<AccessBatchItem> decisions) {}

    private final List<Article> articles = new ArrayList<>();

    /** One element per article of the request; null if the article could be resolved. */
    private final List<ProblemJson> problems = new ArrayList<>();

    private AccessBatch() {}

    /** Resolves the articles of a request. Throws a problem if there are none or too many. */
    static AccessBatch of(AccessBatchRequest request, Catalog catalog) {
        if (request == null || request.articles == null) {
            throw Problem.invalid("/articles", "is missing");
        }
        if (request.articles.size() > AccessResource.MAX_ARTICLES) {
            throw AccessResource.tooManyArticles();
        }
        AccessBatch batch = new AccessBatch();
        for (int i = 0; i < request.articles.size(); i++) {
            batch.add(request.articles.get(i), "/articles/" + i, catalog);
        }
        return batch;
    }

    private void add(ArticleRef ref, String pointer, Catalog catalog) {
        try {
            if (ref == null) {
                throw Problem.invalid(pointer, "is missing");
            }
            articles.add(ref.resolve(catalog, pointer + "/"));
            problems.add(null);
        } catch (Problem problem) {
            problems.add(ProblemJson.of(problem, "/v1/access#" + pointer));
        }
    }

    /** Returns the articles that could be resolved. */
    List<Article> articles() {
        return articles;
    }

    /** Returns the response to the request, given the decisions on {@link #articles}. */
    AccessBatchResponse response(List<Decision> decisions) {
        Iterator<Decision> next = decisions.iterator();
        List<AccessBatchItem> items = new ArrayList<>(problems.size());
        for (ProblemJson problem : problems) {
            items.add(
                    problem == null
                            ? new AccessBatchItem.DecisionItem(next.next())
                            : new AccessBatchItem.FailedDecision(problem));
        }
        return new AccessBatchResponse(items);
    }
}
