package dev.gatefold.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.kernel.Problem;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** What a request may weigh: enough for a hundred articles, and more only where an operator sends a catalogue. */
@Singleton
final class BodyLimit {
    private static final long USUAL = 512 * 1024;
    private static final long CATALOGUE = 16 * 1024 * 1024;
    private static final int EARLY = 400;

    private final ObjectMapper json;

    BodyLimit(ObjectMapper json) {
        this.json = json;
    }

    void register(@Observes Filters filters) {
        filters.register(this::weigh, EARLY);
    }

    private void weigh(RoutingContext request) {
        long limit = request.request().path().startsWith("/admin/") ? CATALOGUE : USUAL;
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length) > limit) {
            refuse(request, limit);
        } else {
            // a body of unknown length is counted while it is read
            request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limit);
            request.next();
        }
    }

    private void refuse(RoutingContext request, long limit) {
        var problem = new Problem(
                413, "too-large", "The body is too large", "A body here may have " + limit + " bytes", List.of());
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemJson.TYPE)
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(json.valueToTree(ProblemJson.of(problem, request.request().path()))
                        .toString());
    }
}
