package dev.gatefold.access.decide;

import java.util.List;

/**
 * Receives every decision. Each implementation is a bean. It is called on the thread that decides, which may be the event
 * loop, so it must not block.
 */
public interface DecisionObserver {
    /**
     * Observes the decisions of one request.
     *
     * @param rulings rulings that led to the decisions, in the same order
     */
    void decided(AccessOperation operation, Rulings rulings, List<Decision> decisions);
}
