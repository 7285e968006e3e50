package dev.gatefold.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.kernel.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Tells a problem where no endpoint has been reached, in the shape of the rest. */
@Singleton
final class EarlyAnswers {
    private final ObjectMapper json;

    EarlyAnswers(ObjectMapper json) {
        this.json = json;
    }

    void tell(RoutingContext request, Problem problem) {
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemJson.TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(json.valueToTree(ProblemJson.of(problem, request.normalizedPath()))
                        .toString());
    }
}
