package dev.gatefold.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import io.opentelemetry.semconv.HttpAttributes;
import io.opentelemetry.semconv.UrlAttributes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * Which requests are traced: some of those that change nothing, which are many and alike, and all others. A caller may
 * give a trace its id, and has no say in whether it is kept.
 */
@Singleton
final class Sampling implements Sampler {
    private static final Set<String> READ_ONLY = Set.of("GET", "HEAD", "OPTIONS");

    /** Questions, and reads, which are as many, that come as a POST. */
    private static final Set<String> QUESTIONS =
            Set.of("/v1/access", "/v1/reads", "/access/v1/evaluation", "/access/v1/evaluations");

    /** Where what was paid is fetched. */
    private static final String CHECKOUT_RETURN = "/v1/checkout/return";

    /** Probes and metrics. */
    private static final String OURS = "/q/";

    private final Sampler some;

    Sampling(TracesConfig config) {
        this.some = Sampler.traceIdRatioBased(config.share());
    }

    @Override
    public SamplingResult shouldSample(
            Context parent, String trace, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        return choice(parent, attributes).shouldSample(parent, trace, name, kind, attributes, links);
    }

    private Sampler choice(Context parent, Attributes attributes) {
        SpanContext within = Span.fromContext(parent).getSpanContext();
        if (within.isValid() && !within.isRemote()) {
            return within.isSampled() ? Sampler.alwaysOn() : Sampler.alwaysOff();
        }
        String path = said(attributes, UrlAttributes.URL_PATH);
        if (path.startsWith(OURS)) {
            return Sampler.alwaysOff();
        }
        return changesNothing(said(attributes, HttpAttributes.HTTP_REQUEST_METHOD), path) ? some : Sampler.alwaysOn();
    }

    private static boolean changesNothing(String method, String path) {
        return QUESTIONS.contains(path) || (READ_ONLY.contains(method) && !path.equals(CHECKOUT_RETURN));
    }

    private static String said(Attributes attributes, AttributeKey<String> key) {
        String value = attributes.get(key);
        return value == null ? "" : value;
    }

    @Override
    public String getDescription() {
        return "Sampling{" + some.getDescription() + " of what changes nothing, and all others}";
    }
}
