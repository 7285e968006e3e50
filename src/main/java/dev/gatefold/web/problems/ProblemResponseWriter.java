package dev.gatefold.web.problems;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.kernel.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Writes problem documents from filters, where no endpoint has been reached. */
@Singleton
public final class ProblemResponseWriter {
    private final ObjectMapper json;

    ProblemResponseWriter(ObjectMapper json) {
        this.json = json;
    }

    /** Ends the response with a problem document. */
    public void write(RoutingContext request, Problem problem) {
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemJson.MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(json.valueToTree(ProblemJson.of(problem, request.normalizedPath()))
                        .toString());
    }
}
