package dev.gatefold.billing.queue;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What came of an event. */
@Schema(name = "InboxOutcome")
public enum InboxOutcome {
    /** What it led to was fetched, and changed what we knew. */
    APPLIED,
    /** What it led to was known already, from another event or from a page that the reader came back to. */
    DUPLICATE,
    /** What it led to was fetched, and a later fetch had been recorded meanwhile. */
    STALE,
    /** It is about a customer whom we do not know; tried again when the customer appears. */
    UNMATCHED,
    /** It is of no use to us, or not meant for us. */
    IGNORED,
    /** It could not be handled; an operator may have it tried again. */
    FAILED
}
