package dev.gatefold.billing;

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
class StripeCalls {
    /** What came of a call. */
    enum Answered {
        WELL,
        /** By 4xx: what we asked for is not there, is not allowed, or is too much. */
        WITH_A_REFUSAL,
        WITH_A_FAILURE,
        NOT_AT_ALL;

        private static Answered with(int status) {
            if (status < 400) {
                return WELL;
            }
            return status < 500 ? WITH_A_REFUSAL : WITH_A_FAILURE;
        }
    }

    /** Resources whose names are of two parts. */
    private static final Set<String> FAMILIES = Set.of("checkout", "billing_portal");

    private final MeterRegistry metrics;
    private final Tracer tracer;

    StripeCalls(MeterRegistry metrics, Tracer tracer) {
        this.metrics = metrics;
        this.tracer = tracer;
    }

    /** To be closed when the answer is there, or none will come. */
    final class Call implements AutoCloseable {
        private final String what;
        private final Span span;
        private final Timer.Sample begun = Timer.start(metrics);
        private Answered answered = Answered.NOT_AT_ALL;

        private Call(StripeRequest request) {
            what = request.method() + " " + kind(request.url().getPath());
            span = tracer.spanBuilder("Stripe " + what)
                    .setSpanKind(SpanKind.CLIENT)
                    .setAttribute(
                            HttpAttributes.HTTP_REQUEST_METHOD, request.method().name())
                    .setAttribute(ServerAttributes.SERVER_ADDRESS, request.url().getHost())
                    .startSpan();
        }

        void answered(StripeResponse response) {
            answered = Answered.with(response.code());
            span.setAttribute(HttpAttributes.HTTP_RESPONSE_STATUS_CODE, (long) response.code());
            // by which Stripe's support finds it
            response.headers().firstValue("Request-Id").ifPresent(id -> span.setAttribute("stripe.request", id));
        }

        @Override
        public void close() {
            if (answered != Answered.WELL) {
                span.setStatus(StatusCode.ERROR).setAttribute(ErrorAttributes.ERROR_TYPE, answered.name());
            }
            span.end();
            begun.stop(Timer.builder("gatefold.stripe.calls")
                    .description("Calls to Stripe, from sending to the whole answer")
                    .tag("call", what)
                    .tag("answered", answered.name())
                    .register(metrics));
        }
    }

    Call begin(StripeRequest request) {
        return new Call(request);
    }

    /** What a path is of, whatever it names: {@code /v1/checkout/sessions/{id}/expire}. */
    static String kind(String path) {
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
