package dev.gatefold.web.limits;

import dev.gatefold.kernel.Problem;
import dev.gatefold.web.limits.RateBudgets.RateLimitResult;
import dev.gatefold.web.limits.RateLimitKey.CallerKind;
import dev.gatefold.web.problems.ProblemResponseWriter;
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
 * Counts every request to the API against its caller's budget, tells the caller how it stands, and refuses what is over
 * it. The fields are those of draft-ietf-httpapi-ratelimit-headers-11. Deliveries to {@code /v1/webhooks/} are not
 * counted: an event that is lost is worse than any load.
 */
@Singleton
public final class RateLimiter {
    private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
    private static final CharSequence LEFT = HttpHeaders.createOptimized("RateLimit");
    private static final int AUTHENTICATED = 190; // right after Quarkus has authenticated the caller, at 200

    private final RateBudgets budgets;
    private final ProblemResponseWriter answers;
    private final MeterRegistry metrics;

    RateLimiter(RateBudgets budgets, ProblemResponseWriter answers, MeterRegistry metrics) {
        this.budgets = budgets;
        this.answers = answers;
        this.metrics = metrics;
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, AUTHENTICATED);
    }

    private void admit(RoutingContext request) {
        Optional<Problem> refusal = checkOnce(request);
        if (refusal.isPresent()) {
            answers.write(request, refusal.get());
        } else {
            request.next();
        }
    }

    /**
     * Counts a request whose caller is as well known as it will be, once: who has not been authenticated counts as a
     * visitor. A failure of ours refuses nobody.
     *
     * @return why the request is refused, if it is
     */
    public Optional<Problem> checkOnce(RoutingContext request) {
        if (!appliesTo(request.normalizedPath()) || request.response().headers().contains(LEFT)) {
            return Optional.empty();
        }
        try {
            RateLimitResult spent = budgets.consume(holder(request));
            request.response().putHeader(POLICY, spent.policy().headerValue()).putHeader(LEFT, spent.headerValue());
            return spent.isAllowed() ? Optional.empty() : Optional.of(refusal(request, spent));
        } catch (RuntimeException e) {
            Log.warn("A request could not be counted", e);
            return Optional.empty();
        }
    }

    /** Without slashes at the ends: {@code /v1;a=b/plans} reaches the same endpoint as {@code /v1/plans}. */
    public static boolean appliesTo(String path) {
        return (path.startsWith("/v1") && !path.startsWith("/v1/webhooks/"))
                || path.startsWith("/access")
                || path.startsWith("/share")
                || path.startsWith("/admin");
    }

    private static RateLimitKey holder(RoutingContext request) {
        var address = request.request().remoteAddress();
        return request.user() instanceof QuarkusHttpUser user
                ? RateLimitKey.of(user.getSecurityIdentity(), address)
                : RateLimitKey.ofAddress(address);
    }

    private Problem refusal(RoutingContext request, RateLimitResult spent) {
        CallerKind kind = spent.policy().callerKind();
        metrics.counter("gatefold.requests.rate.limited", "caller", kind.name()).increment();
        request.response().putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(spent.resetSeconds()));
        return new Problem(
                429,
                "too-many-requests",
                "Too many requests",
                "There may be " + spent.policy().quota() + " a minute; try again in " + spent.resetSeconds() + " s",
                List.of());
    }
}
