package dev.gatefold.platform.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
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
import java.util.concurrent.ThreadLocalRandom;

/**
 * Starts a server span for each request whose endpoint asks for one ({@link TraceMode}). Frequent read-only requests take
 * microseconds and are sampled before a span exists, so that the others do not pay for tracing. A span contains the route,
 * the status and the duration; neither the caller nor the URL.
 */
@Singleton
final class RequestTracing {
    /** Before every filter that can send a response. */
    private static final int PRIORITY = 1_000;

    private static final int SERVER_ERROR = 500;

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
    private final TraceModeProvider endpoints;
    private final Tracer tracer;

    RequestTracing(TracingConfig config, TraceModeProvider endpoints, Tracer tracer) {
        this.config = config;
        this.endpoints = endpoints;
        this.tracer = tracer;
    }

    void register(@Observes Filters filters) {
        filters.register(this::traceIfSelected, PRIORITY);
    }

    private void traceIfSelected(RoutingContext context) {
        TraceMode mode = endpoints.traceMode(context);
        if (mode != TraceMode.SAMPLED || ThreadLocalRandom.current().nextDouble() < config.sampleRatio()) {
            startSpan(context, mode);
        }
        context.next();
    }

    /** The span is current until the Vert.x context of the request ends, which is why its scope is not closed. */
    @SuppressWarnings("MustBeClosedChecker")
    private void startSpan(RoutingContext context, TraceMode mode) {
        HttpServerRequest request = context.request();
        String method = request.method().name();
        Context caller = W3CTraceContextPropagator.getInstance().extract(Context.root(), request, HEADERS);
        SpanBuilder builder = tracer.spanBuilder(method)
                .setParent(caller)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(HttpAttributes.HTTP_REQUEST_METHOD, method);
        if (mode == TraceMode.EXPORT_SAMPLED) {
            builder.setAttribute(TraceSampler.EXPORT_SAMPLED, true);
        }
        Span span = builder.startSpan();
        var _ = caller.with(span).makeCurrent();
        var vertxContext = Vertx.currentContext();
        context.addEndHandler(_ -> endSpan(
                span,
                method,
                vertxContext.getLocal("UrlPathTemplate"),
                context.response().getStatusCode()));
    }

    private static void endSpan(Span span, String method, String route, int status) {
        if (route != null) {
            span.updateName(method + " " + route).setAttribute(HttpAttributes.HTTP_ROUTE, route);
        }
        span.setAttribute(HttpAttributes.HTTP_RESPONSE_STATUS_CODE, (long) status);
        if (status >= SERVER_ERROR) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
