package dev.gatefold.platform.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Decides which spans are recorded and exported: none without a collector, the configured ratio of the spans marked
 * {@link #EXPORT_SAMPLED}, and all others. A local parent decides for its children. A remote parent sets the trace id and
 * nothing else, because callers must not decide what is exported.
 */
@Singleton
final class TraceSampler implements Sampler {
    /** Attribute of root spans of which only the configured ratio is exported. */
    static final AttributeKey<Boolean> EXPORT_SAMPLED = AttributeKey.booleanKey("gatefold.export_sampled");

    private final boolean hasCollector;
    private final double ratio;

    TraceSampler(
            TracingConfig config,
            @ConfigProperty(name = "quarkus.otel.exporter.otlp.endpoint") Optional<String> collector) {
        this.hasCollector = collector.isPresent();
        this.ratio = config.sampleRatio();
    }

    @Override
    public SamplingResult shouldSample(
            Context parent, String trace, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        boolean isSampled = isSampled(Span.fromContext(parent).getSpanContext(), attributes);
        return isSampled ? SamplingResult.recordAndSample() : SamplingResult.drop();
    }

    /** At random, and not by the trace id, which the caller may have chosen. */
    private boolean isSampled(SpanContext parent, Attributes attributes) {
        if (parent.isValid() && !parent.isRemote()) {
            return parent.isSampled();
        }
        return hasCollector
                && (!Boolean.TRUE.equals(attributes.get(EXPORT_SAMPLED))
                        || ThreadLocalRandom.current().nextDouble() < ratio);
    }

    @Override
    public String getDescription() {
        return "GatefoldTraceSampler{ratio=" + ratio + "}";
    }
}
