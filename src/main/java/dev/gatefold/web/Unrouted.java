package dev.gatefold.web;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Requests that no endpoint takes, and those that fail before they reach one, are answered in the shape of the rest. */
@Singleton
final class Unrouted {
    private final EarlyAnswers answers;
    private final RateLimit limit;

    Unrouted(EarlyAnswers answers, RateLimit limit) {
        this.answers = answers;
        this.limit = limit;
    }

    void register(@Observes Router router) {
        router.route().failureHandler(this::failed);
        router.route().last().handler(request -> answer(request, 404));
        for (int status : new int[] {400, 404, 405, 413, 414, 431}) {
            router.errorHandler(status, request -> answer(request, status));
        }
    }

    /** What was failed with a status alone, by a limit on the body for one; Quarkus would answer it without a word. */
    private void failed(RoutingContext request) {
        if (request.failure() == null) {
            answer(request, request.statusCode());
        } else {
            request.next();
        }
    }

    private void answer(RoutingContext request, int status) {
        if (!request.response().ended()) {
            answers.tell(request, limit.count(request).orElseGet(() -> Problems.ofStatus(status)));
        }
    }
}
