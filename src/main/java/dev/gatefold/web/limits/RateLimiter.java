package dev.gatefold.web.limits;

import dev.gatefold.kernel.Problem;
import dev.gatefold.web.endpoint.EndpointPolicies;
import dev.gatefold.web.limits.RateBudgets.RateLimitResult;
import dev.gatefold.web.limits.RateLimitKey.CallerKind;
import dev.gatefold.web.problems.ProblemResponseWriter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Counts each request against the budget of its caller, reports the rest of the budget in response headers, and rejects
 * requests over budget with status 429. The headers are those of draft-ietf-httpapi-ratelimit-headers-11. Endpoints are
 * exempt by {@link dev.gatefold.web.endpoint.RateLimitExempt}.
 */
@Singleton
public final class RateLimiter {
    private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
    private static final CharSequence LIMIT = HttpHeaders.createOptimized("RateLimit");
    private static final int AFTER_AUTHENTICATION = 190; // Quarkus authenticates at 200

    private final RateBudgets budgets;
    private final EndpointPolicies endpoints;
    private final ProblemResponseWriter problems;
    private final MeterRegistry metrics;

    RateLimiter(
            RateBudgets budgets, EndpointPolicies endpoints, ProblemResponseWriter problems, MeterRegistry metrics) {
        this.budgets = budgets;
        this.endpoints = endpoints;
        this.problems = problems;
        this.metrics = metrics;
    }

    void register(@Observes Filters filters) {
        filters.register(this::limit, AFTER_AUTHENTICATION);
    }

    private void limit(RoutingContext request) {
        Optional<Problem> rejection = checkOnce(request);
        if (rejection.isPresent()) {
            problems.write(request, rejection.get());
        } else {
            request.next();
        }
    }

    /**
     * Counts a request, unless it is counted already or its endpoint is exempt, and sets the response headers. A caller who
     * is not authenticated counts as a visitor. An internal error is logged and rejects no request.
     *
     * @return the problem to answer with, or empty if the request is within budget
     */
    public Optional<Problem> checkOnce(RoutingContext request) {
        if (!endpoints.policyOf(request).rateLimited()
                || request.response().headers().contains(LIMIT)) {
            return Optional.empty();
        }
        try {
            RateLimitResult result = budgets.consume(key(request));
            request.response().putHeader(POLICY, result.policy().headerValue()).putHeader(LIMIT, result.headerValue());
            return result.isAllowed() ? Optional.empty() : Optional.of(reject(request, result));
        } catch (RuntimeException e) {
            Log.warn("Rate limit not applied to a request", e);
            return Optional.empty();
        }
    }

    private static RateLimitKey key(RoutingContext request) {
        var address = request.request().remoteAddress();
        return request.user() instanceof QuarkusHttpUser user
                ? RateLimitKey.of(user.getSecurityIdentity(), address)
                : RateLimitKey.ofAddress(address);
    }

    private Problem reject(RoutingContext request, RateLimitResult result) {
        CallerKind kind = result.policy().callerKind();
        Counter.builder("gatefold.requests.rate.limited")
                .description("Requests rejected because their caller was over its rate limit")
                .tag("caller", kind.name())
                .register(metrics)
                .increment();
        request.response().putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(result.resetSeconds()));
        return new Problem(
                429,
                "too-many-requests",
                "Too many requests",
                "The limit is " + result.policy().quota() + " requests per minute; retry in " + result.resetSeconds()
                        + " s",
                List.of());
    }
}
