package dev.gatefold.web.security;

import dev.gatefold.kernel.Problem;
import dev.gatefold.web.SiteConfig;
import dev.gatefold.web.endpoint.EndpointPolicies;
import dev.gatefold.web.limits.RateLimiter;
import dev.gatefold.web.problems.ProblemResponseWriter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.security.CORS;
import io.quarkus.vertx.http.security.HttpSecurity;
import io.vertx.core.http.HttpHeaders;
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
 * Decides pages of which origins may call the service from a browser: its own origin and those in
 * {@code gatefold.site.origins}. Requests without an {@code Origin} header are accepted. Cookies are not allowed; a page
 * sends its token in a header.
 */
@Singleton
final class CorsPolicy {
    private static final int BEFORE_CORS = 310; // Quarkus answers preflight requests at 300
    private static final CharSequence ORIGIN = HttpHeaders.createOptimized("Origin");

    /** How long browsers cache a preflight response; most cap it at two hours. */
    private static final Duration PREFLIGHT_MAX_AGE = Duration.ofHours(2);

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Set<String> REQUEST_HEADERS =
            Set.of("Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "X-Request-ID");
    private static final Set<String> RESPONSE_HEADERS = Set.of(
            "ETag", "Idempotency-Replayed", "Location", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-ID");

    private final Set<String> allowedOrigins;
    private final EndpointPolicies endpoints;
    private final RateLimiter rateLimiter;
    private final ProblemResponseWriter problems;

    CorsPolicy(SiteConfig site, EndpointPolicies endpoints, RateLimiter rateLimiter, ProblemResponseWriter problems) {
        this.allowedOrigins = Stream.concat(
                        site.origins().orElse(Set.of()).stream().map(String::strip), Stream.of(originOf(site.url())))
                .collect(Collectors.toUnmodifiableSet());
        this.endpoints = endpoints;
        this.rateLimiter = rateLimiter;
        this.problems = problems;
    }

    private static String originOf(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    void configure(@Observes HttpSecurity security) {
        security.cors(CORS.origins(allowedOrigins)
                .methods(METHODS)
                .headers(union(REQUEST_HEADERS, endpoints.index().corsRequestHeaders()))
                .exposedHeaders(union(RESPONSE_HEADERS, endpoints.index().corsResponseHeaders()))
                .accessControlMaxAge(PREFLIGHT_MAX_AGE)
                .accessControlAllowCredentials(false)
                .build());
    }

    private static Set<String> union(Set<String> standard, Set<String> declared) {
        return Stream.concat(standard.stream(), declared.stream()).collect(Collectors.toUnmodifiableSet());
    }

    void register(@Observes Filters filters) {
        filters.register(this::checkOrigin, BEFORE_CORS);
    }

    /**
     * Rejects pages of other origins with a problem document, where Quarkus would send an empty response. {@code Vary}
     * keeps caches from serving the response of one origin to another.
     */
    private void checkOrigin(RoutingContext request) {
        if (endpoints.policyOf(request).anyOrigin()) {
            request.request().headers().remove(HttpHeaders.ORIGIN);
            request.next();
            return;
        }
        request.response().putHeader(HttpHeaders.VARY, ORIGIN);
        String origin = request.request().getHeader(HttpHeaders.ORIGIN);
        if (origin == null || allowedOrigins.contains(origin) || origin.equals(ownOrigin(request.request()))) {
            request.next();
        } else {
            problems.write(request, rateLimiter.checkOnce(request).orElseGet(CorsPolicy::originNotAllowed));
        }
    }

    private static Problem originNotAllowed() {
        return Problem.forbidden(
                "Pages of this origin may not call the service; GATEFOLD_SITE_ORIGINS lists the allowed origins");
    }

    /** The origin under which this request reached the service, which may differ from the public address. */
    private static String ownOrigin(HttpServerRequest request) {
        return request.scheme() + "://" + request.authority();
    }
}
