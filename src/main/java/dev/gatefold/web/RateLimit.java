package dev.gatefold.web;

import dev.gatefold.kernel.Problem;
import dev.gatefold.web.Budgets.Spent;
import dev.gatefold.web.Holder.Kind;
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
final class RateLimit {
    private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
    private static final CharSequence LEFT = HttpHeaders.createOptimized("RateLimit");
    private static final int AUTHENTICATED = 190; // right after Quarkus has authenticated the caller, at 200

    private final Budgets budgets;
    private final EarlyAnswers answers;
    private final MeterRegistry metrics;

    RateLimit(Budgets budgets, EarlyAnswers answers, MeterRegistry metrics) {
        this.budgets = budgets;
        this.answers = answers;
        this.metrics = metrics;
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, AUTHENTICATED);
    }

    private void admit(RoutingContext request) {
        Optional<Problem> refusal = count(request);
        if (refusal.isPresent()) {
            answers.tell(request, refusal.get());
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
    Optional<Problem> count(RoutingContext request) {
        if (!isCounted(request.normalizedPath()) || request.response().headers().contains(LEFT)) {
            return Optional.empty();
        }
        try {
            Spent spent = budgets.spend(holder(request));
            request.response().putHeader(POLICY, spent.policy().field()).putHeader(LEFT, spent.field());
            return spent.isWithin() ? Optional.empty() : Optional.of(refusal(request, spent));
        } catch (RuntimeException e) {
            Log.warn("A request could not be counted", e);
            return Optional.empty();
        }
    }

    /** Without slashes at the ends: {@code /v1;a=b/plans} reaches the same endpoint as {@code /v1/plans}. */
    static boolean isCounted(String path) {
        return (path.startsWith("/v1") && !path.startsWith("/v1/webhooks/"))
                || path.startsWith("/access")
                || path.startsWith("/share")
                || path.startsWith("/admin");
    }

    private static Holder holder(RoutingContext request) {
        var address = request.request().remoteAddress();
        return request.user() instanceof QuarkusHttpUser user
                ? Holder.of(user.getSecurityIdentity(), address)
                : Holder.at(address);
    }

    private Problem refusal(RoutingContext request, Spent spent) {
        Kind kind = spent.policy().kind();
        metrics.counter("gatefold.requests.refused", "caller", kind.name()).increment();
        request.response().putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(spent.seconds()));
        return new Problem(
                429,
                "too-many-requests",
                "Too many requests",
                "There may be " + spent.policy().quota() + " a minute; try again in " + spent.seconds() + " s",
                List.of());
    }
}
