package dev.gatefold.access.authzen;

import dev.gatefold.access.authzen.AuthZen.EvaluationReader;
import dev.gatefold.access.authzen.AuthZen.EvaluationRequest;
import dev.gatefold.access.authzen.AuthZen.EvaluationResponse;
import dev.gatefold.access.authzen.AuthZen.EvaluationsRequest;
import dev.gatefold.access.authzen.AuthZen.EvaluationsResponse;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.kernel.Problem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups the requests of a batch by reader, so that each reader needs one access query. Collects the responses. */
final class EvaluationBatch {
    private static final String INSTANCE = "/access/v1/evaluations#";

    /** Articles of one reader, and their positions in the batch. */
    static final class ReaderArticles {
        private final EvaluationReader reader;
        private final List<Integer> positions = new ArrayList<>();
        private final List<Article> articles = new ArrayList<>();

        private ReaderArticles(EvaluationReader reader) {
            this.reader = reader;
        }

        EvaluationReader reader() {
            return reader;
        }

        List<Article> articles() {
            return articles;
        }
    }

    private final EvaluationResponse[] responses;
    private final Map<EvaluationReader, ReaderArticles> byReader = new LinkedHashMap<>();

    /** Resolves all requests; those that cannot be resolved get a problem as response. */
    EvaluationBatch(EvaluationsRequest batch, Catalog catalog) {
        responses = new EvaluationResponse[batch.evaluations().size()];
        for (int i = 0; i < responses.length; i++) {
            String pointer = "/evaluations/" + i;
            try {
                EvaluationRequest request = batch.requestAt(i);
                request.verify(pointer);
                Article article = request.resource().articleRef().resolve(catalog, pointer + "/resource/");
                ReaderArticles ofReader = byReader.computeIfAbsent(request.evaluationReader(), ReaderArticles::new);
                ofReader.positions.add(i);
                ofReader.articles.add(article);
            } catch (Problem problem) {
                responses[i] = EvaluationResponse.failed(problem, INSTANCE + pointer);
            }
        }
    }

    Iterable<ReaderArticles> readers() {
        return byReader.values();
    }

    /** Sets the responses to all requests of a reader. */
    void conclude(ReaderArticles reader, List<Decision> decisions) {
        Iterator<Decision> next = decisions.iterator();
        reader.positions.forEach(position -> responses[position] = EvaluationResponse.of(next.next()));
    }

    /** Sets a problem as response to all requests of a reader. */
    void fail(ReaderArticles reader, Problem problem) {
        reader.positions.forEach(position ->
                responses[position] = EvaluationResponse.failed(problem, INSTANCE + "/evaluations/" + position));
    }

    EvaluationsResponse response() {
        return new EvaluationsResponse(List.of(responses));
    }
}
