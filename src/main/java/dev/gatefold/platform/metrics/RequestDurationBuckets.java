package dev.gatefold.platform.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.Stream;

/** How finely the time to answer is told: by these bounds, of which one is that of the promise (docs/runbook.md). */
@Singleton
final class RequestDurationBuckets implements MeterFilter {
    private static final String REQUESTS = "http.server.requests";

    private static final DistributionStatisticConfig BOUNDS = DistributionStatisticConfig.builder()
            .serviceLevelObjectives(Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 1_000, 5_000)
                    .map(Duration::ofMillis)
                    .mapToDouble(Duration::toNanos)
                    .toArray())
            .build();

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        return id.getName().equals(REQUESTS) ? BOUNDS.merge(config) : config;
    }
}
