package dev.gatefold.platform.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.Stream;

/** Sets the histogram buckets of HTTP request durations, one of which is the service level objective of docs/runbook.md. */
@Singleton
final class RequestDurationBuckets implements MeterFilter {
    private static final String REQUEST_DURATION = "http.server.requests";

    private static final DistributionStatisticConfig BUCKETS = DistributionStatisticConfig.builder()
            .serviceLevelObjectives(Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 1_000, 5_000)
                    .map(Duration::ofMillis)
                    .mapToDouble(Duration::toNanos)
                    .toArray())
            .build();

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        return id.getName().equals(REQUEST_DURATION) ? BUCKETS.merge(config) : config;
    }
}
