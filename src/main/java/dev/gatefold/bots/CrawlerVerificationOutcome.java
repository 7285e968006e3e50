package dev.gatefold.bots;

import java.time.Duration;

/** The outcome of verifying that an IP address belongs to a crawler. Only {@link #VERIFIED} grants anything. */
enum CrawlerVerificationOutcome {
    VERIFIED(Duration.ofHours(12)),
    NOT_VERIFIED(Duration.ofHours(4)),
    /** No name server answered in time. */
    LOOKUP_FAILED(Duration.ofSeconds(30)),
    /** Too many lookups were running already. The next request tries again. */
    LOOKUP_REJECTED(Duration.ZERO);

    private final Duration cacheDuration;

    CrawlerVerificationOutcome(Duration cacheDuration) {
        this.cacheDuration = cacheDuration;
    }

    /** Returns for how long the outcome is cached for an address. */
    Duration cacheDuration() {
        return cacheDuration;
    }

    boolean isVerified() {
        return this == VERIFIED;
    }
}
