package dev.gatefold.billing.stripe;

import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.semconv.ErrorAttributes;
import io.opentelemetry.semconv.HttpAttributes;
import io.opentelemetry.semconv.ServerAttributes;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Set;

/** Records each call to Stripe as a metric and as a span. */
@Singleton
class StripeCallObserver {
    /** The result of a call. */
    enum StripeCallResult {
        OK,
        /** Status 4xx: missing, rejected, or too many requests. */
        CLIENT_ERROR,
        SERVER_ERROR,
        /** Timeout, broken connection, or too many concurrent calls. */
        NO_RESPONSE;

        private static StripeCallResult of(int status) {
            if (status < 400) {
                return OK;
            }
            return status < 500 ? CLIENT_ERROR : SERVER_ERROR;
        }
    }

    /** Path segments that prefix the name of a resource. */
    private static final Set<String> RESOURCE_PREFIXES = Set.of("checkout", "billing_portal");

    private final MeterRegistry metrics;
    private final Tracer tracer;

    StripeCallObserver(MeterRegistry metrics, Tracer tracer) {
        this.metrics = metrics;
        this.tracer = tracer;
    }

    /** A running call. Close it when the response has arrived or the call has failed. */
    final class ObservedCall implements AutoCloseable {
        private final String call;
        private final Span span;
        private final Timer.Sample timer = Timer.start(metrics);
        private StripeCallResult result = StripeCallResult.NO_RESPONSE;

        private ObservedCall(StripeRequest request) {
            call = request.method() + " " + pathTemplate(request.url().getPath());
            span = tracer.spanBuilder("Stripe " + call)
                    .setSpanKind(SpanKind.CLIENT)
                    .setAttribute(
                            HttpAttributes.HTTP_REQUEST_METHOD, request.method().name())
                    .setAttribute(ServerAttributes.SERVER_ADDRESS, request.url().getHost())
                    .startSpan();
        }

        void recordResponse(StripeResponse response) {
            result = StripeCallResult.of(response.code());
            span.setAttribute(HttpAttributes.HTTP_RESPONSE_STATUS_CODE, (long) response.code());
            // Stripe's support finds a request by this id
            response.headers().firstValue("Request-Id").ifPresent(id -> span.setAttribute("stripe.request_id", id));
        }

        @Override
        public void close() {
            if (result != StripeCallResult.OK) {
                span.setStatus(StatusCode.ERROR).setAttribute(ErrorAttributes.ERROR_TYPE, result.name());
            }
            span.end();
            timer.stop(Timer.builder("gatefold.stripe.calls")
                    .description("Calls to Stripe, from the request to the complete response")
                    .tag("call", call)
                    .tag("result", result.name())
                    .register(metrics));
        }
    }

    ObservedCall start(StripeRequest request) {
        return new ObservedCall(request);
    }

    /** Returns a path with its id replaced, such as {@code /v1/checkout/sessions/{id}/expire}. */
    static String pathTemplate(String path) {
        Deque<String> parts = new ArrayDeque<>(Arrays.asList(path.substring(1).split("/")));
        StringBuilder kind = new StringBuilder("/" + parts.removeFirst());
        String resource = parts.removeFirst();
        kind.append('/').append(resource);
        if (RESOURCE_PREFIXES.contains(resource)) {
            kind.append('/').append(parts.removeFirst());
        }
        if (!parts.isEmpty()) {
            parts.removeFirst();
            kind.append("/{id}");
        }
        parts.forEach(action -> kind.append('/').append(action));
        return kind.toString();
    }
}
