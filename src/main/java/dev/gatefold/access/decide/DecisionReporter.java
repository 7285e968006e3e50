package dev.gatefold.access.decide;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Counts and logs decisions and passes them to the {@linkplain DecisionObserver observers}. Opened articles are logged at
 * level INFO, checks at level DEBUG. Log lines and metrics do not identify the reader.
 */
@Singleton
final class DecisionReporter {
    private static final Logger LOG = Logger.getLogger("gatefold.decisions");

    private final DecisionMetrics metrics;
    private final List<DecisionObserver> observers;

    DecisionReporter(DecisionMetrics metrics, @All List<DecisionObserver> observers) {
        this.metrics = metrics;
        this.observers = List.copyOf(observers);
    }

    /** Reports the decisions of one request, which are in the order of the rulings. */
    void report(AccessOperation operation, Rulings rulings, List<Decision> decisions) {
        for (Decision decision : decisions) {
            metrics.count(operation, decision.reason());
            log(operation, decision);
        }
        for (DecisionObserver observer : observers) {
            observer.decided(operation, rulings, decisions);
        }
    }

    private static void log(AccessOperation operation, Decision decision) {
        Logger.Level level = switch (operation) {
            case CHECK -> Logger.Level.DEBUG;
            case OPEN -> Logger.Level.INFO;
        };
        if (LOG.isEnabled(level)) {
            LOG.logf(
                    level,
                    "decision=%s operation=%s granted=%s reason=%s source=%s rule=%s counted=%s stale=%s",
                    decision.id(),
                    operation,
                    decision.granted(),
                    decision.reason(),
                    decision.source() == null ? null : decision.source().slug(),
                    decision.rule() == null ? null : decision.rule().version(),
                    decision.counted(),
                    decision.stale());
        }
    }
}
