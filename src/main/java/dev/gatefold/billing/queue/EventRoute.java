package dev.gatefold.billing.queue;

import java.util.Set;

/** Where an event leads. */
public sealed interface EventRoute {
    /**
     * The event may have changed subscriptions, which must be synced.
     *
     * @param subscriptions ids at the provider; not empty
     */
    record ToSubscriptions(Set<String> subscriptions) implements EventRoute {}

    /**
     * The event leads to no subscription and is handled.
     *
     * @param detail explanation of the outcome for operators
     */
    record Unroutable(InboxOutcome outcome, String detail) implements EventRoute {}
}
