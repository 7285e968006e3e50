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

/** What operators see of the calls to Stripe: how many of which kind, how long each took, and what it was made for. */
@Singleton
class StripeCallObserver {
    /** What came of a call. */
    enum StripeCallResult {
        OK,
        /** By 4xx: what we asked for is not there, is not allowed, or is too much. */
        CLIENT_ERROR,
        SERVER_ERROR,
        NO_RESPONSE;

        private static StripeCallResult with(int status) {
            if (status < 400) {
                return OK;
            }
            return status < 500 ? CLIENT_ERROR : SERVER_ERROR;
        }
    }

    /** Resources whose names are of two parts. */
    private static final Set<String> FAMILIES = Set.of("checkout", "billing_portal");

    private final MeterRegistry metrics;
    private final Tracer tracer;

    StripeCallObserver(MeterRegistry metrics, Tracer tracer) {
        this.metrics = metrics;
        this.tracer = tracer;
    }

    /** To be closed when the answer is there, or none will come. */
    final class ObservedCall implements AutoCloseable {
        private final String what;
        private final Span span;
        private final Timer.Sample begun = Timer.start(metrics);
        private StripeCallResult recordResponse = StripeCallResult.NO_RESPONSE;

        private ObservedCall(StripeRequest request) {
            what = request.method() + " " + pathTemplate(request.url().getPath());
            span = tracer.spanBuilder("Stripe " + what)
                    .setSpanKind(SpanKind.CLIENT)
                    .setAttribute(
                            HttpAttributes.HTTP_REQUEST_METHOD, request.method().name())
                    .setAttribute(ServerAttributes.SERVER_ADDRESS, request.url().getHost())
                    .startSpan();
        }

        void recordResponse(StripeResponse response) {
            recordResponse = StripeCallResult.with(response.code());
            span.setAttribute(HttpAttributes.HTTP_RESPONSE_STATUS_CODE, (long) response.code());
            // by which Stripe's support finds it
            response.headers().firstValue("Request-Id").ifPresent(id -> span.setAttribute("stripe.request_id", id));
        }

        @Override
        public void close() {
            if (recordResponse != StripeCallResult.OK) {
                span.setStatus(StatusCode.ERROR).setAttribute(ErrorAttributes.ERROR_TYPE, recordResponse.name());
            }
            span.end();
            begun.stop(Timer.builder("gatefold.stripe.calls")
                    .description("Calls to Stripe, from sending to the whole answer")
                    .tag("call", what)
                    .tag("answered", recordResponse.name())
                    .register(metrics));
        }
    }

    ObservedCall start(StripeRequest request) {
        return new ObservedCall(request);
    }

    /** What a path is of, whatever it names: {@code /v1/checkout/sessions/{id}/expire}. */
    static String pathTemplate(String path) {
        Deque<String> parts = new ArrayDeque<>(Arrays.asList(path.substring(1).split("/")));
        StringBuilder kind = new StringBuilder("/" + parts.removeFirst());
        String resource = parts.removeFirst();
        kind.append('/').append(resource);
        if (FAMILIES.contains(resource)) {
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
