package dev.gatefold.passes.issuance;

import dev.gatefold.passes.claims.PassAudience;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/** Counts issued passes by audience. */
@Singleton
final class PassMetrics {
    private final Map<PassAudience, Counter> issued = new EnumMap<>(PassAudience.class);

    PassMetrics(MeterRegistry metrics) {
        for (PassAudience audience : PassAudience.values()) {
            issued.put(
                    audience,
                    Counter.builder("gatefold.passes.issued")
                            .description("Reading passes that were issued, by audience")
                            .tag("audience", audience.name())
                            .register(metrics));
        }
    }

    void countIssued(PassAudience audience) {
        issued.get(audience).increment();
    }
}
