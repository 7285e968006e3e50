package dev.gatefold.bots;

import java.time.Duration;

/** What came of trying to prove that an address is a crawler's. */
enum Outcome {
    PROVED(Duration.ofHours(12)),
    UNPROVED(Duration.ofHours(4)),
    /** No answer was had in time; which counts as no. */
    FAILED(Duration.ofSeconds(30)),
    /** Too many were waiting for theirs already; which counts as no, this time. */
    FULL(Duration.ZERO);

    /** For how long it is remembered. */
    private final Duration lasts;

    Outcome(Duration lasts) {
        this.lasts = lasts;
    }

    Duration lasts() {
        return lasts;
    }

    boolean proves() {
        return this == PROVED;
    }
}
