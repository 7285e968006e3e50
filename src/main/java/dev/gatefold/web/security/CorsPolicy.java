package dev.gatefold.web.security;

import dev.gatefold.kernel.Problem;
import dev.gatefold.web.SiteConfig;
import dev.gatefold.web.limits.RateLimiter;
import dev.gatefold.web.problems.ProblemResponseWriter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.security.CORS;
import io.quarkus.vertx.http.security.HttpSecurity;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose pages may call us from a browser. Who does not come from a page has no origin, and passes. No cookies are
 * involved: a page must hold the token that it sends.
 */
@Singleton
public final class CorsPolicy {
    /** The one file that any page may load: browsers fetch modules with CORS. */
    public static final String ANY_ORIGIN_PATH = "/gatefold.js";

    private static final int BEFORE_CORS = 310; // Quarkus answers preflights at 300
    private static final CharSequence ORIGIN = HttpHeaders.createOptimized("Origin");

    /** So long a browser need not ask again; most keep an answer no longer, whatever is said. */
    private static final Duration REMEMBERED = Duration.ofHours(2);

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Set<String> SENT = Set.of(
            "Authorization",
            "Content-Type",
            "Idempotency-Key",
            "If-Match",
            "If-None-Match",
            "X-Request-ID",
            "X-Share",
            "X-Visitor");
    private static final Set<String> READ = Set.of(
            "Decision-Id",
            "ETag",
            "Idempotency-Replayed",
            "Location",
            "RateLimit",
            "RateLimit-Policy",
            "Retry-After",
            "X-Request-ID");

    private final Set<String> allowed;
    private final RateLimiter limit;
    private final ProblemResponseWriter answers;

    CorsPolicy(SiteConfig site, RateLimiter limit, ProblemResponseWriter answers) {
        this.allowed = Stream.concat(
                        site.origins().orElse(Set.of()).stream().map(String::strip), Stream.of(origin(site.url())))
                .collect(Collectors.toUnmodifiableSet());
        this.limit = limit;
        this.answers = answers;
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    void configure(@Observes HttpSecurity security) {
        security.cors(CORS.origins(allowed)
                .methods(METHODS)
                .headers(SENT)
                .exposedHeaders(READ)
                .accessControlMaxAge(REMEMBERED)
                .accessControlAllowCredentials(false)
                .build());
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, BEFORE_CORS);
    }

    /** Quarkus would refuse without a word, and lets caches mistake the answer for one origin for that of another. */
    private void admit(RoutingContext request) {
        if (isForAnyPage(request)) {
            request.request().headers().remove(HttpHeaders.ORIGIN);
            request.next();
            return;
        }
        request.response().putHeader(HttpHeaders.VARY, ORIGIN);
        String origin = request.request().getHeader(HttpHeaders.ORIGIN);
        if (origin == null || allowed.contains(origin) || origin.equals(own(request.request()))) {
            request.next();
        } else {
            answers.write(request, limit.checkOnce(request).orElseGet(CorsPolicy::foreign));
        }
    }

    /** Read only, and by exactly its path. */
    private static boolean isForAnyPage(RoutingContext request) {
        HttpMethod method = request.request().method();
        return ANY_ORIGIN_PATH.equals(request.request().path())
                && (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD));
    }

    private static Problem foreign() {
        return Problem.forbidden(
                "Pages of this origin may not call the service; GATEFOLD_SITE_ORIGINS names those that may");
    }

    /** Where the page itself came from us, by whatever name we were called. */
    private static String own(HttpServerRequest request) {
        return request.scheme() + "://" + request.authority();
    }
}
