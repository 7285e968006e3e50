package dev.gatefold.billing.queue;

import dev.gatefold.billing.stripe.StripeFailure;
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
 * One trace from the delivery of an event to the last call to Stripe that is made for it, whichever replica makes it. What
 * is kept meanwhile is the {@code traceparent} of the delivery (W3C Trace Context).
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

    /** Where we are, for whoever goes on from here later; null where nobody follows. */
    static String currentTraceparent() {
        Map<String, String> carrier = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(Context.current(), carrier, Map::put);
        return carrier.get(TRACEPARENT);
    }

    /**
     * Does work as a part of what it is done for.
     *
     * @param about what the work is named by, such as an event
     * @param from of the deliveries that wait for it: it goes on from the first, and is linked to the others
     */
    void runLinked(String work, String about, List<String> from, Runnable run) {
        SpanBuilder builder =
                tracer.spanBuilder(work).setSpanKind(SpanKind.CONSUMER).setAttribute("gatefold.work_item", about);
        for (int i = 0; i < from.size(); i++) {
            Context delivery = W3CTraceContextPropagator.getInstance().extract(Context.root(), from.get(i), GETTER);
            if (i == 0) {
                builder.setParent(delivery);
            } else {
                builder.addLink(Span.fromContext(delivery).getSpanContext());
            }
        }
        Span span = builder.startSpan();
        try (Scope _ = span.makeCurrent()) {
            run.run();
        } finally {
            span.end();
        }
    }

    /** Notes what came of the work that is being done. */
    static void recordOutcome(InboxOutcome outcome) {
        Span.current().setAttribute("gatefold.outcome", outcome.name());
    }

    static void recordFailure(StripeFailure trouble) {
        Span.current().setStatus(StatusCode.ERROR, trouble.getMessage());
    }
}
