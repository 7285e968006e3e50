package dev.gatefold.catalog.rules;

/** Access mode of a source or section. */
public enum Gate {
    /** Every reader has access. */
    OPEN,
    /** Readers with an account have access. */
    REGISTERED,
    /** Members have access; other readers have access to a limited number of articles in each window. */
    METERED,
    /** Members have access. */
    MEMBERS
}
