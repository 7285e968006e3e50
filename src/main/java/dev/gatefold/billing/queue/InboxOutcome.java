package dev.gatefold.billing.queue;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The outcome of an event. */
@Schema(name = "InboxOutcome")
public enum InboxOutcome {
    /** The sync that the event caused found a change. */
    APPLIED,
    /** The change was already recorded, by the sync of another event or by the checkout return page. */
    DUPLICATE,
    /** A later sync was recorded first. */
    STALE,
    /** The event's customer belongs to no known account. The event is handled again when the customer becomes known. */
    UNMATCHED,
    /** The event concerns no subscription, another mode or another account of the provider. */
    IGNORED,
    /** The event could not be handled. An operator can replay it. */
    FAILED
}
