package dev.gatefold.access.decide;

/** Operation that a decision was made for. */
public enum AccessOperation {
    /** The caller asked whether the reader may open the article. */
    CHECK,
    /** The reader opened the article. */
    OPEN
}
