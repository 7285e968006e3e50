package dev.gatefold.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Requests that no endpoint takes, and those that fail before they reach one, are answered in the shape of the rest. */
@Singleton
final class Unrouted {
    private final ObjectMapper json;

    Unrouted(ObjectMapper json) {
        this.json = json;
    }

    void register(@Observes Router router) {
        router.route().last().handler(request -> answer(request, 404));
        for (int status : new int[] {400, 404, 405, 413, 414, 431}) {
            router.errorHandler(status, request -> answer(request, status));
        }
    }

    private void answer(RoutingContext request, int status) {
        if (request.response().ended()) {
            return;
        }
        var problem = ProblemJson.of(Problems.ofStatus(status), request.normalizedPath());
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemJson.TYPE)
                .end(json.valueToTree(problem).toString());
    }
}
