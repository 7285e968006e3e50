package dev.gatefold.bots;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** What operators see of this room: how many who claimed to be a crawler were one, by what proof. */
@Singleton
class CrawlerMetrics {
    private final Map<Outcome, Counter> listed;
    private final Map<Outcome, Counter> named;

    CrawlerMetrics(MeterRegistry metrics) {
        listed = counters(metrics, "LIST", Set.of(Outcome.PROVED, Outcome.UNPROVED));
        named = counters(metrics, "NAME", Set.of(Outcome.values()));
    }

    private static Map<Outcome, Counter> counters(MeterRegistry metrics, String proof, Set<Outcome> outcomes) {
        Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
        for (Outcome outcome : outcomes) {
            counters.put(
                    outcome,
                    Counter.builder("gatefold.crawlers")
                            .description("Questions whether a caller is a crawler, by the proof that settled them")
                            .tag("proof", proof)
                            .tag("outcome", outcome.name())
                            .register(metrics));
        }
        return counters;
    }

    void listed(Outcome outcome) {
        listed.get(outcome).increment();
    }

    void named(Outcome outcome) {
        named.get(outcome).increment();
    }
}
