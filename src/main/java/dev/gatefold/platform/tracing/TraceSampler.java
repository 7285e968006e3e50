package dev.gatefold.platform.tracing;

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
 * Which traces are kept: of reads, all of which have one for the sake of the log, some; of others all; and none where
 * nobody collects them. A caller may give a trace its id, and has no say in whether it is kept.
 */
@Singleton
final class TraceSampler implements Sampler {
    static final String READ_SPAN_NAME = "POST /v1/reads";

    private final boolean collected;
    private final double share;

    TraceSampler(
            TracingConfig config,
            @ConfigProperty(name = "quarkus.otel.exporter.otlp.endpoint") Optional<String> collector) {
        this.collected = collector.isPresent();
        this.share = config.sampleRatio();
    }

    @Override
    public SamplingResult shouldSample(
            Context parent, String trace, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        boolean kept = isKept(Span.fromContext(parent).getSpanContext(), name);
        return kept ? SamplingResult.recordAndSample() : SamplingResult.drop();
    }

    /** By chance, and not by the id, which the caller may have chosen. */
    private boolean isKept(SpanContext within, String name) {
        if (within.isValid() && !within.isRemote()) {
            return within.isSampled();
        }
        return collected
                && (!name.equals(READ_SPAN_NAME) || ThreadLocalRandom.current().nextDouble() < share);
    }

    @Override
    public String getDescription() {
        return "some reads, and all else that is begun here";
    }
}
