package dev.gatefold.passes.issuance;

import dev.gatefold.passes.claims.PassAudience;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What operators see of this room. */
@Singleton
final class PassMetrics {
    private final Map<PassAudience, Counter> issued;

    PassMetrics(MeterRegistry metrics) {
        issued = Arrays.stream(PassAudience.values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        audience -> metrics.counter("gatefold.passes.issued", "audience", audience.name())));
    }

    void issued(PassAudience audience) {
        issued.get(audience).increment();
    }
}
