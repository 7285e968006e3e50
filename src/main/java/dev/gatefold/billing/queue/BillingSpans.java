package dev.gatefold.billing.queue;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Continues the trace of a webhook delivery in the work that the delivery causes, on any replica. In between, the database
 * stores the {@code traceparent} of the delivery (W3C Trace Context).
 */
@Singleton
class BillingSpans {
    private static final String TRACEPARENT = "traceparent";

    private static final TextMapGetter<String> GETTER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of(TRACEPARENT);
        }

        @Override
        public String get(String traceparent, String key) {
            return key.equals(TRACEPARENT) ? traceparent : null;
        }
    };

    private final Tracer tracer;

    BillingSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Returns the {@code traceparent} of the current span, or null if the current request is not traced. */
    static String currentTraceparent() {
        Map<String, String> carrier = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(Context.current(), carrier, Map::put);
        return carrier.get(TRACEPARENT);
    }

    /**
     * Runs work in a new span.
     *
     * @param workItem id of the event or subscription, which becomes an attribute of the span
     * @param traceparents of the deliveries that wait for the work: the first becomes the parent, the others become links
     */
    void runLinked(String spanName, String workItem, List<String> traceparents, Runnable work) {
        SpanBuilder builder = tracer.spanBuilder(spanName)
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("gatefold.work_item", workItem);
        for (int i = 0; i < traceparents.size(); i++) {
            Context delivery =
                    W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparents.get(i), GETTER);
            if (i == 0) {
                builder.setParent(delivery);
            } else {
                builder.addLink(Span.fromContext(delivery).getSpanContext());
            }
        }
        Span span = builder.startSpan();
        try (Scope _ = span.makeCurrent()) {
            work.run();
        } finally {
            span.end();
        }
    }

    /** Adds the outcome to the current span. */
    static void recordOutcome(InboxOutcome outcome) {
        Span.current().setAttribute("gatefold.outcome", outcome.name());
    }

    /** Marks the current span as failed. */
    static void recordFailure(ProviderFailure failure) {
        Span.current().setStatus(StatusCode.ERROR, failure.getMessage());
    }
}
