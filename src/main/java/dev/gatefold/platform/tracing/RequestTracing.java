package dev.gatefold.platform.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.semconv.HttpAttributes;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Begins a trace for each request that is followed: all that may change something, and of those that do not, which are
 * many, alike, and answered in microseconds, some, so that the others pay nothing for it. What is told is which route
 * answered what, and how long it took; not who asked, nor for what.
 */
@Singleton
final class RequestTracing {
    /** Before anything that may answer. */
    private static final int FIRST = 1_000;

    private static final int FAILED = 500;
    private static final Set<String> READ_ONLY = Set.of("GET", "HEAD", "OPTIONS");

    /** What changes nothing, though it comes as a POST. */
    private static final Set<String> QUESTIONS =
            Set.of("/v1/access", "/access/v1/evaluation", "/access/v1/evaluations");

    /** Where what was paid is fetched. */
    private static final String CHECKOUT_RETURN = "/v1/checkout/return";

    private static final String READS = "/v1/reads";

    private static final TextMapGetter<HttpServerRequest> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpServerRequest request) {
            return request.headers().names();
        }

        @Override
        public String get(HttpServerRequest request, String name) {
            return request.getHeader(name);
        }
    };

    private final TracingConfig config;
    private final Tracer tracer;

    RequestTracing(TracingConfig config, Tracer tracer) {
        this.config = config;
        this.tracer = tracer;
    }

    void register(@Observes Filters filters) {
        filters.register(this::traceIfSelected, FIRST);
    }

    private void traceIfSelected(RoutingContext context) {
        if (isFollowed(context.request())) {
            begin(context);
        }
        context.next();
    }

    private boolean isFollowed(HttpServerRequest request) {
        return !changesNothing(request.method().name(), request.path())
                || ThreadLocalRandom.current().nextDouble() < config.sampleRatio();
    }

    private static boolean changesNothing(String method, String path) {
        return QUESTIONS.contains(path) || (READ_ONLY.contains(method) && !CHECKOUT_RETURN.equals(path));
    }

    /** What is current stays so for as long as the request has a context of its own, which ends with it. */
    @SuppressWarnings("MustBeClosedChecker")
    private void begin(RoutingContext context) {
        HttpServerRequest request = context.request();
        String method = request.method().name();
        Context caller = W3CTraceContextPropagator.getInstance().extract(Context.root(), request, HEADERS);
        Span span = tracer.spanBuilder(request.path().equals(READS) ? TraceSampler.READ_SPAN_NAME : method)
                .setParent(caller)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(HttpAttributes.HTTP_REQUEST_METHOD, method)
                .startSpan();
        var _ = caller.with(span).makeCurrent();
        var own = Vertx.currentContext();
        context.addEndHandler(_ -> end(
                span,
                method,
                own.getLocal("UrlPathTemplate"),
                context.response().getStatusCode()));
    }

    private static void end(Span span, String method, String route, int status) {
        if (route != null) {
            span.updateName(method + " " + route).setAttribute(HttpAttributes.HTTP_ROUTE, route);
        }
        span.setAttribute(HttpAttributes.HTTP_RESPONSE_STATUS_CODE, (long) status);
        if (status >= FAILED) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
