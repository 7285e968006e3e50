package dev.gatefold.bots;

import java.time.Duration;

/** What came of trying to prove that an address is a crawler's. */
enum CrawlerVerificationOutcome {
    VERIFIED(Duration.ofHours(12)),
    NOT_VERIFIED(Duration.ofHours(4)),
    /** No answer was had in time; which counts as no. */
    LOOKUP_FAILED(Duration.ofSeconds(30)),
    /** Too many were waiting for theirs already; which counts as no, this time. */
    LOOKUP_REJECTED(Duration.ZERO);

    /** For how long it is remembered. */
    private final Duration cacheDuration;

    CrawlerVerificationOutcome(Duration lasts) {
        this.cacheDuration = lasts;
    }

    Duration cacheDuration() {
        return cacheDuration;
    }

    boolean isVerified() {
        return this == VERIFIED;
    }
}
