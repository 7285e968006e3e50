package dev.gatefold.access.decide;

import dev.gatefold.access.DenyReason;
import dev.gatefold.access.GrantReason;
import dev.gatefold.access.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts decisions by operation and reason. */
@Singleton
final class DecisionMetrics {
    private record ReasonCounters(Map<GrantReason, Counter> grants, Map<DenyReason, Counter> denials) {}

    private final MeterRegistry metrics;
    private final Map<AccessOperation, ReasonCounters> counters = new EnumMap<>(AccessOperation.class);

    DecisionMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
        for (AccessOperation operation : AccessOperation.values()) {
            counters.put(
                    operation,
                    new ReasonCounters(register(operation, GrantReason.class), register(operation, DenyReason.class)));
        }
    }

    private <R extends Enum<R> & Reason> Map<R, Counter> register(AccessOperation operation, Class<R> reasons) {
        Map<R, Counter> registered = new EnumMap<>(reasons);
        for (R reason : reasons.getEnumConstants()) {
            registered.put(
                    reason,
                    Counter.builder("gatefold.decisions")
                            .description("Number of access decisions, by operation and reason")
                            .baseUnit("decisions")
                            .tag("operation", operation.name().toLowerCase(Locale.ROOT))
                            .tag("granted", String.valueOf(reason.grants()))
                            .tag("reason", reason.name())
                            .register(metrics));
        }
        return registered;
    }

    void count(AccessOperation operation, Reason reason) {
        ReasonCounters ofOperation = counters.get(operation);
        Counter counter = switch (reason) {
            case GrantReason grant -> ofOperation.grants().get(grant);
            case DenyReason denial -> ofOperation.denials().get(denial);
        };
        counter.increment();
    }
}
