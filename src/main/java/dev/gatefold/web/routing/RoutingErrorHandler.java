package dev.gatefold.web.routing;

import dev.gatefold.web.limits.RateLimiter;
import dev.gatefold.web.problems.ProblemExceptionMappers;
import dev.gatefold.web.problems.ProblemResponseWriter;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Requests that no endpoint takes, and those that fail before they reach one, are answered in the shape of the rest. */
@Singleton
final class RoutingErrorHandler {
    private final ProblemResponseWriter answers;
    private final RateLimiter limit;

    RoutingErrorHandler(ProblemResponseWriter answers, RateLimiter limit) {
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
            answers.write(request, limit.checkOnce(request).orElseGet(() -> ProblemExceptionMappers.ofStatus(status)));
        }
    }
}
