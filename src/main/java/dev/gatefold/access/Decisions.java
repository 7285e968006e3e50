package dev.gatefold.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What operators see of the answers: how many of which reason, asked or opened. */
@Singleton
final class Decisions {
    private final Map<Reason, Counter> checked;
    private final Map<Reason, Counter> opened;

    Decisions(MeterRegistry metrics) {
        checked = counters(metrics, "check");
        opened = counters(metrics, "open");
    }

    private static Map<Reason, Counter> counters(MeterRegistry metrics, String call) {
        Map<Reason, Counter> counters = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values()) {
            counters.put(
                    reason,
                    Counter.builder("gatefold.decisions")
                            .description("Answers to the question whether an article may be opened")
                            .tag("call", call)
                            .tag("granted", String.valueOf(reason.grants()))
                            .tag("reason", reason.name())
                            .register(metrics));
        }
        return counters;
    }

    void checked(List<Decision> decisions) {
        decisions.forEach(decision -> checked.get(decision.reason()).increment());
    }

    void opened(Decision decision) {
        opened.get(decision.reason()).increment();
    }
}
