package dev.gatefold.catalog.rules;

/** How a source is closed. */
public enum Gate {
    /** Everybody reads. */
    OPEN,
    /** Whoever has an account reads. */
    REGISTERED,
    /** Everybody reads some articles in each window; members read all. */
    METERED,
    /** Members read. */
    MEMBERS
}
