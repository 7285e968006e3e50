package dev.gatefold.web.endpoint;

import dev.gatefold.platform.tracing.TraceMode;
import java.lang.reflect.Method;
import java.util.Set;

/**
 * What an endpoint declares about the handling of its requests by the filters of this module.
 *
 * @param rateLimited whether requests count against the rate limit of their caller
 * @param maxBodyBytes largest accepted request body, in bytes
 * @param anyOrigin whether pages of every origin may load the response
 * @param htmlErrors whether browsers receive errors as HTML pages
 * @param optionalToken whether anonymous requests are accepted, and a bearer token changes the response
 * @param traceMode which requests are traced
 */
public record EndpointPolicy(
        boolean rateLimited,
        long maxBodyBytes,
        boolean anyOrigin,
        boolean htmlErrors,
        boolean optionalToken,
        TraceMode traceMode) {
    private static final Set<String> READ_ONLY = Set.of("GET", "HEAD", "OPTIONS");

    static EndpointPolicy of(Class<?> resource, Method method, String httpMethod) {
        MaxRequestBody limit = method.isAnnotationPresent(MaxRequestBody.class)
                ? method.getAnnotation(MaxRequestBody.class)
                : resource.getAnnotation(MaxRequestBody.class);
        Traced traced = method.getAnnotation(Traced.class);
        return new EndpointPolicy(
                !resource.isAnnotationPresent(RateLimitExempt.class),
                limit == null ? MaxRequestBody.DEFAULT : limit.value(),
                method.isAnnotationPresent(AllowAnyOrigin.class),
                resource.isAnnotationPresent(HtmlErrors.class),
                resource.isAnnotationPresent(OptionalBearerToken.class),
                traced == null ? defaultTraceMode(httpMethod) : traced.value());
    }

    /** Returns the policy of requests whose path starts like that of no endpoint, such as requests for static files. */
    static EndpointPolicy outsideEndpoints(boolean htmlErrors) {
        return new EndpointPolicy(false, MaxRequestBody.DEFAULT, false, htmlErrors, false, TraceMode.SAMPLED);
    }

    /** Returns the stricter choice of each setting, for paths that two endpoints share or start with. */
    EndpointPolicy strictest(EndpointPolicy other) {
        return new EndpointPolicy(
                rateLimited || other.rateLimited,
                Math.min(maxBodyBytes, other.maxBodyBytes),
                anyOrigin && other.anyOrigin,
                htmlErrors && other.htmlErrors,
                optionalToken && other.optionalToken,
                traceMode);
    }

    /** Returns the policy of a request that no method of the endpoint accepts, and that is answered with an error. */
    EndpointPolicy forRejected(String httpMethod) {
        return new EndpointPolicy(
                rateLimited, maxBodyBytes, false, htmlErrors, optionalToken, defaultTraceMode(httpMethod));
    }

    private static TraceMode defaultTraceMode(String httpMethod) {
        return READ_ONLY.contains(httpMethod) ? TraceMode.SAMPLED : TraceMode.ALWAYS;
    }
}
