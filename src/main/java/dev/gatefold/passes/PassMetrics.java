package dev.gatefold.passes;

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
    private final Map<Audience, Counter> issued;

    PassMetrics(MeterRegistry metrics) {
        issued = Arrays.stream(Audience.values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        audience -> metrics.counter("gatefold.passes", "audience", audience.name())));
    }

    void issued(Audience audience) {
        issued.get(audience).increment();
    }
}
