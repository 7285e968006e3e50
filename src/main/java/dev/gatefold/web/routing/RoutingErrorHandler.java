package dev.gatefold.web.routing;

import dev.gatefold.web.limits.RateLimiter;
import dev.gatefold.web.problems.ProblemExceptionMappers;
import dev.gatefold.web.problems.ProblemResponseWriter;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Answers requests that match no endpoint, or fail before they reach one, with problem documents. */
@Singleton
final class RoutingErrorHandler {
    private final ProblemResponseWriter problems;
    private final RateLimiter rateLimiter;

    RoutingErrorHandler(ProblemResponseWriter problems, RateLimiter rateLimiter) {
        this.problems = problems;
        this.rateLimiter = rateLimiter;
    }

    void register(@Observes Router router) {
        router.route().failureHandler(this::handleFailure);
        router.route().last().handler(request -> respond(request, 404));
        for (int status : new int[] {400, 404, 405, 413, 414, 431}) {
            router.errorHandler(status, request -> respond(request, status));
        }
    }

    /** Handles failures that have a status and no exception, which Quarkus answers without a body. */
    private void handleFailure(RoutingContext request) {
        if (request.failure() == null) {
            respond(request, request.statusCode());
        } else {
            request.next();
        }
    }

    private void respond(RoutingContext request, int status) {
        if (!request.response().ended()) {
            problems.write(
                    request, rateLimiter.checkOnce(request).orElseGet(() -> ProblemExceptionMappers.ofStatus(status)));
        }
    }
}
